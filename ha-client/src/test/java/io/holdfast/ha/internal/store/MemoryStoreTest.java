package io.holdfast.ha.internal.store;

import io.holdfast.ha.store.PublishStoreOptions;

class MemoryStoreTest extends PublishStoreContract {

    @Override
    StoreFixture fixture() {
        return new StoreFixture(PublishStoreOptions.memory().bounds(4, 1000), null);
    }
}
