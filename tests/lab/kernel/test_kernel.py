"""Jupyter's own test of kernels, with samples of TypeScript."""

import os
import unittest

import jupyter_kernel_test

from session import CHECKOUT

os.environ["JUPYTER_PATH"] = str(CHECKOUT / "lab" / "jupyter")


class KernelTest(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('error')"
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "const list: number[] = [1, 2]\nlist", "result": "[ 1, 2 ]"},
        {"code": "'text'", "result": "'text'"},
        {"code": "null", "result": "null"},
        {"code": "await Promise.resolve(7)", "result": "7"},
    ]
    code_display_data = [
        {
            "code": "(globalThis as any)[Symbol.for('shoplab.kernel')].display({ 'text/html': '<b>x</b>' })",
            "mime": "text/html",
        }
    ]
    code_generate_error = "throw new Error('wanted')"
    complete_code_samples = ["1", "console.log('x')", "function f() { return 1 }", "const x = `a\nb`", "for (const a of [1]) {\n}"]
    incomplete_code_samples = ["console.log('x'", "function f() {", "const x = `a", "if (1) {\n  2", "/* a", "[1, 2,"]
    invalid_code_samples = ["const = 1", "let let let", "1 = = 2", "}", "'abc"]
    completion_samples = [
        {"text": "consol", "matches": {"console"}},
        {"text": "Math.ma", "matches": {"max"}},
        {"text": "'😀'.toUpp", "matches": {"toUpperCase"}},
    ]
    code_clear_output = "(globalThis as any)[Symbol.for('shoplab.kernel')].clear()"
    code_inspect_sample = "Math.max"


del jupyter_kernel_test  # its own class is no test of this file

if __name__ == "__main__":
    unittest.main()
