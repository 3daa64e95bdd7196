const LOOPS = 4;

function put(url: string, body: Blob): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new Error("The line broke."));
    request.send(body);
  });
}

/** Asks the app, as the contestants that have no engine of their own do. */
export async function ask<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/**
 * What the line and the store can do: four loops of PUTs of slices, each sent again at once when it is refused. No checksum, no begin and
 * no completion; all addresses are there before the clock starts.
 */
export async function prepareRaw(file: File): Promise<() => Promise<void>> {
  const { partSize, urls } = await ask<{ partSize: number; urls: string[] }>("/bench/raw/sign", { size: file.size });
  return async () => {
    const left = urls.map((url, index) => ({ url, body: file.slice(index * partSize, (index + 1) * partSize) }));
    const loop = async (): Promise<void> => {
      for (let part = left.shift(); part; part = left.shift()) while ((await put(part.url, part.body)) !== 200);
    };
    await Promise.all(Array.from({ length: LOOPS }, loop));
  };
}
