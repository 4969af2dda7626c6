/** Lists the files in folders that are dropped onto an element. */

/** All dropped files; those in folders are named by their path, as "study/1/IM0001". Unreadable ones are skipped. */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isFile) {
      const file = await fileOf(entry as FileSystemFileEntry);
      // The path is like "/study/1/IM0001". Wrapping a File in a File does not copy its bytes.
      if (file) files.push(new File([file], entry.fullPath.replace(/^\/+/, "") || file.name));
    } else if (entry.isDirectory) {
      files.push(...(await filesIn(await entriesIn(entry as FileSystemDirectoryEntry))));
    }
  }
  return files;
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => {
    entry.file(resolve, () => resolve(undefined));
  });
}

/** All entries of a folder. Browsers return them in batches; an empty batch is the end. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}
