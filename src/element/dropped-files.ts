/** The files in folders that are dropped onto an element. */

/** The files of what was dropped, those in folders under their paths there, as "study/1/IM0001"; what cannot be read is left out. */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isFile) {
      const file = await fileOf(entry as FileSystemFileEntry);
      // From "/study/1/IM0001"; a File of a File copies no bytes.
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

/** Everything in a folder, which browsers give in batches until one is empty. */
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
