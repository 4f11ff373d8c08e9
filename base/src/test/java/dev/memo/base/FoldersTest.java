package dev.memo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir Path folder;

    @Test
    void makesNewFoldersAndTakesEmptyOnes() {
        Path deep = folder.resolve("a/b");
        Folders.createEmpty(deep, "");
        Folders.createEmpty(deep, "");
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void refusesWhatIsThere() throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        for (Path taken : new Path[] {folder, folder.resolve("file")}) {
            assertThatThrownBy(() -> Folders.createEmpty(taken, "take another"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(taken + ": exists already: take another");
        }
        assertThatThrownBy(() -> Folders.createEmpty(folder.resolve("file/inside"), ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void deletesATreeAndDoesNothingWhereThereIsNone() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/c"), "x");
        Folders.delete(folder.resolve("a"));
        Folders.delete(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
    }
}
