// Questions to our own routes: every one carries the language of the page, in which a refusal then
// comes back.

import { reachedBy } from "./reached.js";

/** @param {string} url @param {RequestInit & { headers?: Record<string, string> }} [options] */
export async function request(url, { headers = {}, ...options } = {}) {
  const language = { "X-Forward-Pass-Language": document.documentElement.lang };
  return reachedBy(await fetch(url, { ...options, headers: { ...headers, ...language } }));
}

// The address of a page of ours, with its query; base is where our routes begin.
/** @param {string} base @param {string} path @param {Record<string, string>} query */
export const pageAt = (base, path, query) =>
  new URL(`../${path}?${new URLSearchParams(query)}`, `${base}/`).href;
