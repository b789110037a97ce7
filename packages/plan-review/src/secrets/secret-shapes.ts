import { keyStarts } from '@vera/service-kit/key-starts';
import { withoutSecretForms } from '@vera/service-kit/secret-texts';
import { remembered } from './remembered.ts';

/** A secret by how it is written, whatever it is called: by what logs leave out for its form, and by what only a comment leaves out. */
export const hasSecretShape = remembered((text) => {
  if (text.length < shortest) return false;
  return (
    groups.some(({ sign, shapes }) => sign.test(text) && shapes.some((shape) => shape.test(text))) ||
    withoutSecretForms(text) !== text ||
    holdsNamePassword(text)
  );
});

/** Nothing shorter has a shape. */
const shortest = 8;
const of = (sign: RegExp, ...shapes: readonly RegExp[]) => ({ sign, shapes });

/** Each under a sign without which none of them is there: most texts have none of the signs. */
const groups = [
  // More than logs: of a comment nobody makes a model's answer, and here a short one is no word of somebody's either.
  of(
    /[\w.~=+-]{10}/,
    new RegExp(
      String.raw`(?<!\w)(?:xox[a-z]-|xapp-|AKIA|ASIA|sk-|(?:${keyStarts})(?=[\w.~=+-]{0,99}\d)|gh[pousr]_|github_pat_|AT[AC]TT|glpat-|[sr]k_(?:live|test)_|npm_|pypi-|hf_|shpat_)[\w.~=+-]{10,}`,
    ),
    // A web token, by how `{"` begins in base64url.
    /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+/,
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/\w/i,
  ),
  of(/[?&]/, /[?&](?:sig|signature|x-amz-signature|x-goog-signature|key|code)=[^&\s]{8,}/i),
  of(/BEGIN|PuTTY/, /-----BEGIN [A-Z ]{0,40}PRIVATE KEY|BEGIN SSH2 ENCRYPTED PRIVATE KEY|PuTTY-User-Key-File/),
  // A password, or a long key, before the host of an address; Go's and Oracle's way to write it, and one without a scheme. A digest is no host.
  of(
    /[:/][^\s@]{1,300}@/,
    /:\/\/[^/\s:@]*:[^/\s@]+@|:\/\/[^/\s:@]{16,}@|:\/\/[^/\s:@"'<>]{0,80}:(?!\d{1,5}[/?#])[^\s@"'<>]{1,300}@[\w[]/,
    /(?<![^\s"'=,])[^\s:@/"'=,]{1,80}:[^\s@"']{1,200}@(?:\w{1,20}\(|\/\w)/,
    /(?<![^\s"'=,])(?!(?:mailto|arn|npm):)[\w.%+-]{1,80}:(?!\/\/|\d{1,5}[/?#])[^\s:"'<>@/]{1,200}@(?!sha\d{3}:)[\w[][\w.-]*(?:[:/\s"']|$)/,
    /(?<!\w)jdbc:[\w:]{1,80}:[^\s/:@]{1,80}\/[^\s@/]{1,200}@/,
    /(?<!\w)(?:sqlplus|sqlldr|expdp|impdp|rman)\s(?:[^\n]{0,100}\s)?[\w.]{1,80}\/[^\s@/]{1,200}@/,
  ),
  // On a command line. The numbers of a user and a group are none.
  of(
    /\s-|\|/,
    /\s(?:-u|--user)[ =]?["']?(?!\d+:\d+(?:\s|["']|$))[^\s:"'$]{1,80}:[^\s"'$]/,
    /(?<!\w)(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\s(?:[^\n]{0,200}\s)?-p["']?[^\s"'$-]/,
    /(?<!\w)(?:sshpass|mongo\w{0,9}|(?:docker|podman|nerdctl|oras|helm|skopeo|buildah|az|registry)\s(?:[^\n]{0,60}\s)?login)\s(?:[^\n]{0,200}\s)?-p[ =]?["']?[^\s"'$-]/,
    /(?<!\w)(?:redis-cli\s(?:[^\n]{0,200}\s)?-a|ldap\w{3,9}\s(?:[^\n]{0,200}\s)?-w|mosquitto_\w{3}\s(?:[^\n]{0,200}\s)?-P|(?:un)?zip\s(?:[^\n]{0,200}\s)?-P)[ =]?["']?[^\s"'$-]/,
    /(?:echo|printf)\s[^\n|]{1,200}\|[^\n]{0,200}(?:password-stdin|chpasswd|sudo\s{1,9}-S)/,
  ),
  of(/pass/, /(?<![\w-])(?:pass:|-(?:store|key|srcstore|deststore)pass\s{1,9})["']?[^\s"'$:-]{3}/),
  // In a header, in `.netrc`.
  of(
    /bearer|basic|cookie|login|machine/i,
    /(?<!\w)(?:bearer|basic)\s+[\w.~+/=-]{8,}/i,
    /(?<!\w)cookie["']?:\s*["']?[^\s=;]{1,80}=[^\s;]/i,
    /(?<!\w)login\s{1,9}\S{1,80}\s{1,9}password\s{1,9}\S/i,
    /(?<!\w)machine\s{1,9}\S{1,200}\s{1,9}(?:\S{1,80}\s{1,9}){0,3}password\s{1,9}\S/i,
  ),
];

/** `name:password` in base64, anywhere. */
function holdsNamePassword(text: string): boolean {
  return [...text.matchAll(/(?<![\w+/=-])[\w+/-]{12,400}={0,2}(?![\w+/-])/g)].some(([run]) =>
    /^[\x21-\x39\x3b-\x7e]{1,100}:[\x20-\x7e]{3,}$/.test(Buffer.from(run, 'base64').toString('latin1')),
  );
}
