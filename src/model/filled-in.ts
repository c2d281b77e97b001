// Flux, Helm, kustomize, Argo CD, SOPS and people
const FILLED_IN = /\$[\w{(]|\{\{|^<.*>$|^__\w+__$|^ENC\[AES256_GCM,/;

/** Whether another program, or a person, puts the value in before it is used. */
export function isFilledIn(text: string): boolean {
  return FILLED_IN.test(text);
}
