/** A function that works its answer out once for each object, and forgets it with the object. */
export function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return key => {
    let answer = known.get(key);
    if (!answer) {
      answer = { value: make(key) };
      known.set(key, answer);
    }
    return answer.value;
  };
}

/** A function that works its answer out once for each part of a whole, and forgets it with the whole. */
export function onceIn<W extends object, P, V>(make: (whole: W, part: P) => V): (whole: W, part: P) => V {
  const known = once((_: W) => new Map<P, { value: V }>());
  return (whole, part) => {
    const answers = known(whole);
    let answer = answers.get(part);
    if (!answer) {
      answer = { value: make(whole, part) };
      answers.set(part, answer);
    }
    return answer.value;
  };
}
