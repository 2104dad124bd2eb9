/** A figure in a browser tab of its own, through nodeplotlib: for scripts, and for a larger look. */
import type { Figure, Layout, Plot } from '../figures/figure'

interface Nodeplotlib {
  plot(data: Plot[], layout?: Layout): void
}

/**
 * Opens the figure in the default browser, on this machine. nodeplotlib starts a small web server for it and prints its address, which is
 * all that happens where there is no desktop. The server ends when the tab has been closed, or with the kernel.
 */
export async function openInBrowser(figure: Figure): Promise<void> {
  // By a name TypeScript does not follow: the library brings a web framework, which loads only here.
  const library: string = 'nodeplotlib'
  const loaded = (await import(library)) as Nodeplotlib & { default?: Nodeplotlib }
  const { plot } = loaded.default ?? loaded
  plot(figure.data, figure.layout)
}
