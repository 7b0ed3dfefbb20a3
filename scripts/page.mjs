// Makes www/dist/, the page. Written with the page itself.
export async function page() {}
export async function serve() {}
