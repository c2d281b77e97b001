/** A function that works its answer out once for each object, and forgets it with the object. */
export function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return key => {
    const answer = known.get(key);
    // it may be that there is none
    if (answer !== undefined || known.has(key)) return answer!;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}

/** A function that works its answer out once for each part of a whole, and forgets it with the whole. */
export function onceIn<W extends object, P, V>(make: (whole: W, part: P) => V): (whole: W, part: P) => V {
  const known = once((_: W) => new Map<P, V>());
  return (whole, part) => {
    const answers = known(whole);
    const answer = answers.get(part);
    if (answer !== undefined || answers.has(part)) return answer!;
    const value = make(whole, part);
    answers.set(part, value);
    return value;
  };
}
