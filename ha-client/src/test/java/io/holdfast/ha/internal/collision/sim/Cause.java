package io.holdfast.ha.internal.collision.sim;

import static io.holdfast.ha.internal.collision.sim.SimWorld.MILLI;
import static io.holdfast.ha.internal.collision.sim.SimWorld.SECOND;

import java.util.List;

/** What ends sessions without any rival. */
enum Cause {
    ROLLING_RESTART {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            roll(world, brokers, 0);
        }

        private void roll(SimWorld world, List<SimBroker> brokers, int next) {
            world.after(world.between(5 * SECOND, 90 * SECOND), () -> {
                brokers.get(next).restart(world.between(SECOND, 20 * SECOND));
                roll(world, brokers, (next + 1) % brokers.size());
            });
        }
    },
    BROKER_CRASH_LOOP {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            for (SimBroker broker : brokers) {
                crash(world, broker);
            }
        }

        private void crash(SimWorld world, SimBroker broker) {
            world.after(world.between(SECOND, 20 * SECOND), () -> {
                long down = world.between(SECOND, 8 * SECOND);
                broker.restart(down);
                world.after(down, () -> crash(world, broker));
            });
        }
    },
    NETWORK_FLAPPING {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            world.after(world.between(SECOND, 30 * SECOND), () -> {
                // What stood still is forgotten silently by what keeps track of connections: the control may not
                // notice.
                boolean silently = world.random.nextBoolean();
                for (SimConnection control : client.controls()) {
                    control.cut |= silently;
                }
                for (SimBroker broker : brokers) {
                    long down = world.random.nextBoolean() ? 0 : world.between(0, 5 * SECOND);
                    broker.restart(down);
                }
                befall(world, brokers, client);
            });
        }
    },
    LOAD_BALANCER_CUTS_ALL {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            again(world, brokers, world.between(2 * SECOND, 120 * SECOND));
        }

        private void again(SimWorld world, List<SimBroker> brokers, long period) {
            world.after(period, () -> {
                brokers.forEach(SimBroker::cutAll);
                again(world, brokers, period);
            });
        }
    },
    IDLE_TIMER {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            long limit = world.between(5 * SECOND, 400 * SECOND);
            // A timer looks now and then.
            look(world, brokers, limit, world.random.nextBoolean() ? 100 * MILLI : limit / 20);
        }

        private void look(SimWorld world, List<SimBroker> brokers, long limit, long period) {
            world.after(period, () -> {
                for (SimBroker broker : brokers) {
                    for (SimConnection connection : broker.all()) {
                        if (!connection.heartbeats && world.now() - connection.lastTraffic >= limit) {
                            broker.cutOne(connection);
                        }
                    }
                }
                look(world, brokers, limit, period);
            });
        }
    },
    SLOW_CONSUMER {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            long typical = world.between(SECOND, 60 * SECOND);
            brokers.forEach(broker -> broker.onResume = connection ->
                    world.after(world.between(typical / 2, typical), () -> broker.end(connection, "slow client")));
        }
    },
    MISSED_HEARTBEATS {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            brokers.forEach(broker -> broker.onLogon = connection -> {
                if (!connection.control) {
                    world.after(world.between(SECOND, 40 * SECOND), () -> {
                        if (connection.openAtBroker) {
                            client.knowsWhyItIsClosed();
                            broker.end(connection, "heartbeat");
                        }
                    });
                }
            });
        }
    },
    POISON_ON_REPLAY {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            long typical = world.between(MILLI, 3 * SECOND);
            brokers.forEach(broker -> broker.onResume = connection ->
                    world.after(world.between(typical / 2, typical), () -> broker.end(connection, "unknown command")));
        }
    },
    ADMIN_KICKS {
        @Override
        void befall(SimWorld world, List<SimBroker> brokers, SimClient client) {
            // Where the reasons can be read, as many as he likes; where not, as many as a person makes before asking
            // himself.
            int kicks = brokers.get(0).readable ? 200 : 3;
            long at = 0;
            for (int i = 0; i < kicks; i++) {
                at += world.between(3 * SECOND, 20 * SECOND);
                world.after(at, () -> {
                    SimConnection link = client.link();
                    if (link != null) {
                        brokers.forEach(broker -> broker.end(link, "disconnected by administrator"));
                    }
                });
            }
        }
    };

    abstract void befall(SimWorld world, List<SimBroker> brokers, SimClient client);
}
