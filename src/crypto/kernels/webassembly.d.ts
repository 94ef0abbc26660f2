/** What the kernels need of the WebAssembly JavaScript API, which neither the ES library nor Node's types declare. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]?: string;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  const Module: { new (bytes: ArrayBufferView | ArrayBuffer): Module };
  const Instance: { new (module: Module, imports?: Record<string, unknown>): Instance };
  function compile(bytes: ArrayBufferView | ArrayBuffer): Promise<Module>;
}
