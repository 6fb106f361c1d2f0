package io.holdfast.ha.internal.collision.sim;

import io.holdfast.ha.collision.CollisionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Some clients of one name on one broker, and what became of them. */
final class Group {

    final SimWorld world;
    final SimBroker broker;
    final List<SimClient> clients = new ArrayList<>();
    final List<SimRival> rivals = new ArrayList<>();

    Group(long seed, boolean readable) {
        world = new SimWorld(seed);
        broker = new SimBroker(world, "tcp://amps1:9007/amps/json");
        broker.readable = readable;
    }

    /** A client of ours that starts so much later than now. */
    SimClient ours(long later) {
        SimClient client = new SimClient(world, "c" + clients.size(), List.of(broker), CollisionOptions.DEFAULTS);
        clients.add(client);
        world.after(later, client::start);
        return client;
    }

    SimRival rival(long later, LongSupplier delay) {
        SimRival rival = new SimRival(world, broker, delay);
        rivals.add(rival);
        world.after(later, rival::start);
        return rival;
    }

    long up() {
        return clients.stream().filter(SimClient::isUp).count();
    }

    SimClient holder() {
        return clients.stream().filter(SimClient::isUp).findFirst().orElseThrow();
    }

    long lastEviction() {
        List<Long> all = broker.evictionsWithOurs;
        return all.isEmpty() ? 0 : all.get(all.size() - 1);
    }

    /** How long the program was connected that was so for longest. */
    long upLongest() {
        long ours = clients.stream().mapToLong(SimClient::upTotal).max().orElse(0);
        return Math.max(ours, rivals.stream().mapToLong(SimRival::upTotal).max().orElse(0));
    }

    @Override
    public String toString() {
        return clients + " rivals up " + rivals.stream().filter(SimRival::isUp).count() + ", evictions "
                + broker.evictions.size() + ", last with ours at " + lastEviction() / SimWorld.SECOND + " s";
    }
}
