import * as z from 'zod';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'a bucket name: 3 to 63 small letters, digits, dots and hyphens, a letter or digit at both ends',
  )
  .refine((name) => !name.includes('..'), 'a bucket name has no two dots in a row')
  .refine((name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name), 'a bucket name does not look like an IP address')
  .refine(
    (name) => !/^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name),
    'S3 keeps names with such a beginning or end for itself',
  );

/** What IAM takes, which is the narrowest: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
const letters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** The same everywhere, less our own two. */
const mostTags = 48;

export const tagsSchema = z.record(z.string(), z.string()).superRefine((tags, { addIssue }) => {
  const names = Object.keys(tags);
  const refuse = (message: string, path: string[] = []) => addIssue({ code: 'custom', path, message });
  if (names.length > mostTags) refuse(`${names.length} tags; AWS takes ${mostTags} beside the two that are ours`);
  for (const [index, name] of names.entries()) {
    const fault = faultOfTag(name, tags[name] ?? '');
    // IAM does not tell capitals from small letters in the names of tags.
    const twin = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    if (fault) refuse(fault, [name]);
    if (twin !== undefined) refuse(`it is '${twin}' for IAM, which is there already`, [name]);
  }
});

function faultOfTag(name: string, value: string): string | undefined {
  if (/^aws:/i.test(name)) return 'AWS keeps names that begin with aws: for itself';
  if (/^vera:/i.test(name)) return 'names that begin with vera: are ours: roles are bound to what carries them';
  if (name.trim() !== name || name === '' || name.length > 128 || !letters.test(name))
    return 'the name of a tag has 1 to 128 letters, digits, spaces and _.:/=+-@';
  if (value.length > 256 || !letters.test(value)) return 'the value of a tag has at most 256 letters, digits, spaces and _.:/=+-@';
  return undefined;
}
