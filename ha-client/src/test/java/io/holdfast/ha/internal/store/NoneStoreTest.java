package io.holdfast.ha.internal.store;

import io.holdfast.ha.store.PublishStoreOptions;

class NoneStoreTest extends PublishStoreContract {

    @Override
    StoreFixture fixture() {
        return new StoreFixture(PublishStoreOptions.none().bounds(4, 1000), null);
    }
}
