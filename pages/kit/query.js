// What the address asks for, whatever the link went through on its way: "&amp;" may divide its
// parts, and the sentence around it may end it.

const AROUND = /[\s.,;:!?)\]}>'"*|。”’」]+$/;

/** @returns {URLSearchParams} */
export function asked() {
  const found = new URLSearchParams();
  for (const [name, text] of new URLSearchParams(location.search))
    {found.append(name.replace(/^(amp;)+/, ""), text.replace(AROUND, ""));}
  return found;
}
