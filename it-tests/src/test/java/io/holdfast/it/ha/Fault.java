package io.holdfast.it.ha;

import io.holdfast.it.broker.RestartableBroker;
import java.util.Random;

/** What happens to a broker, or to the network before it, and ends again. */
enum Fault {
    /** The broker dies and is started again after up to half a second. */
    KILL {
        @Override
        void happen(RestartableBroker broker, FaultProxy proxy, Random random) throws InterruptedException {
            broker.kill();
            Thread.sleep(random.nextInt(500));
            broker.startAgain();
        }
    },
    /** The broker stands still for half a second to two: less and more than a client puts up with. */
    PAUSE {
        @Override
        void happen(RestartableBroker broker, FaultProxy proxy, Random random) throws InterruptedException {
            broker.pause();
            lasting(random);
            broker.unpause();
        }
    },
    /** The connections end in good order. */
    CUT {
        @Override
        void happen(RestartableBroker broker, FaultProxy proxy, Random random) {
            proxy.cut(FaultProxy.Cut.FIN);
        }
    },
    /** The connections are reset. */
    RESET {
        @Override
        void happen(RestartableBroker broker, FaultProxy proxy, Random random) {
            proxy.cut(FaultProxy.Cut.RST);
        }
    },
    /** The network holds everything back for half a second to two, and then lets it come. */
    FREEZE {
        @Override
        void happen(RestartableBroker broker, FaultProxy proxy, Random random) throws InterruptedException {
            proxy.freeze();
            lasting(random);
            proxy.thaw();
        }
    },
    /** The network loses everything for half a second to two, and old connections for ever. */
    PARTITION {
        @Override
        void happen(RestartableBroker broker, FaultProxy proxy, Random random) throws InterruptedException {
            proxy.unplug();
            lasting(random);
            proxy.plugIn();
        }
    };

    /** Makes it happen, and returns when it is over. */
    abstract void happen(RestartableBroker broker, FaultProxy proxy, Random random) throws InterruptedException;

    /** Any of them. */
    static Fault any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    private static void lasting(Random random) throws InterruptedException {
        Thread.sleep(500 + random.nextInt(1_500));
    }
}
