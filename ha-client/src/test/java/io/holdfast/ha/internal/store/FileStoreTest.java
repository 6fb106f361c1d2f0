package io.holdfast.ha.internal.store;

import io.holdfast.ha.store.PublishStoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends PublishStoreContract {

    @TempDir
    Path temp;

    @Override
    StoreFixture fixture() {
        return new StoreFixture(
                PublishStoreOptions.file()
                        .bounds(4, 1000)
                        .sync(PublishStoreOptions.Sync.ALWAYS)
                        .segmentBytes(4096),
                temp.resolve("store"));
    }
}
