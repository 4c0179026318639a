// A value that components follow: each that uses it is drawn anew when it changes.
import { useState, useEffect } from './ui.js';

export function store(value) {
  const followers = new Set();
  return {
    get: () => value,
    set(next) {
      if (next === value) return;
      value = next;
      followers.forEach(follow => follow(next));
    },
    use() {
      const [seen, see] = useState(value);
      useEffect(() => {
        see(value);
        followers.add(see);
        return () => followers.delete(see);
      }, []);
      return seen;
    },
  };
}
