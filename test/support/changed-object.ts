/** An object as JSON, with the value at a path such as `spec.http.0.timeout` put in, or taken out where it is undefined. */
export function withValue(object: object, path: string, value: unknown): string {
  const copy = JSON.parse(JSON.stringify(object));
  const steps = path.split('.');
  const last = steps.pop()!;
  const holder = steps.reduce((part, step) => part[step] ??= {}, copy);
  if (value === undefined && Array.isArray(holder)) holder.splice(Number(last), 1);
  else if (value === undefined) delete holder[last];
  else holder[last] = value;
  return JSON.stringify(copy);
}
