/** fromUrl: a Source that is fetched, with progress while bytes arrive. */
import { VoxelVolumeError } from "../errors.ts";
import { type ReadOptions, reason, type Source } from "./source.ts";

/**
 * The file at a URL, absolute or relative to the page. Files beside it are looked for in the same folder,
 * with the same query (it may hold a token or a version). Rejects with `network` when the fetch fails.
 */
export function fromUrl(url: string): Source {
  const opaque = /^(data|blob):/i.test(url);
  const [, folder = "", file = "", query = ""] = /^([^?#]*\/)?([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  return {
    name: opaque ? url.slice(0, url.indexOf(":")) : decode(file) || url,
    bytes: (options) => download(url, options),
    sibling: (name) => (opaque ? undefined : fromUrl(folder + encodeURIComponent(name) + query)),
  };
}

async function download(url: string, { signal, onProgress }: ReadOptions = {}): Promise<Uint8Array> {
  let loaded = 0;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd());
    if (!response.body) return new Uint8Array();
    // With a content encoding, Content-Length counts other bytes than those that arrive here.
    const length = response.headers.has("content-encoding") ? null : response.headers.get("content-length");
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          loaded += chunk.length;
          // Across origins the encoding may be hidden: a length that is overrun was not the length.
          const total = length !== null && Number(length) >= loaded ? Number(length) : undefined;
          onProgress?.({ phase: "download", loaded, total });
          controller.enqueue(chunk);
        },
      }),
    );
    return new Uint8Array(await new Response(counted).arrayBuffer());
  } catch (cause) {
    signal?.throwIfAborted();
    const after = loaded > 0 ? ` after ${loaded.toLocaleString("en")} bytes` : "";
    const short = url.length > 200 ? `${url.slice(0, 200)}...` : url;
    const message = `${short} could not be fetched${after}: ${reason(cause)}. Check the address and the connection.`;
    throw new VoxelVolumeError("network", message, { cause });
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
