// How a picture lives in the page: Streamlit calls `mount` again with every rerun, and the picture that is there goes on. Only
// another language builds it anew.

// make(host, data, setStateValue) -> a view with `data`, receive(data, setStateValue) and close().
export function mounted(make) {
  const views = new WeakMap();
  return {
    mount({ data, parentElement, setStateValue }) {
      if (data.language) document.documentElement.lang = data.language;
      const old = views.get(parentElement);
      if (old && old.data.language === data.language) return old.receive(data, setStateValue);
      old?.close();
      views.set(parentElement, make(parentElement, data, setStateValue));
    },
    unmount(parentElement) {
      views.get(parentElement)?.close();
      views.delete(parentElement);
    },
  };
}
