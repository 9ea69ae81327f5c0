import { fileTypeFromBuffer } from 'file-type';

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^image\//, 'image'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/^font\//, 'font'],
  [/pdf|rtf|postscript|word|opendocument|officedocument|epub/, 'document'],
  [/zip|compressed|x-tar|x-7z|x-rar|gzip|zstd|x-xz|bzip/, 'archive'],
  [/executable|x-elf|mach-binary|msdownload/, 'program'],
];

/** What a file that is no text is ("PNG image"); null when nothing in it tells. */
export async function kindOfFile(bytes: Uint8Array): Promise<string | null> {
  const type = await fileTypeFromBuffer(bytes);
  if (!type) return null;
  const kind = KINDS.find(([pattern]) => pattern.test(type.mime))?.[1] ?? 'file';
  return `${type.ext.toUpperCase()} ${kind}`;
}
