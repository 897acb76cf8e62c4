// Which of the compiled kernels this machine runs.
#include "core/engine/cpu/instruction_set.h"

#include <cstdlib>
#include <mutex>
#include <string_view>

#include "core/engine/cpu/kernels/kernels.h"
#include "core/engine/cpu/onednn.h"

namespace lamina::cpu {

namespace v2 {
const Kernels& kernels();
}
#if defined(__x86_64__)
namespace v3 {
const Kernels& kernels();
}
namespace v4 {
const Kernels& kernels();
}
namespace v4_bfloat16 {
void multiplyBfloat16(Kernels& table);
}

namespace {
const Kernels& kernelsWithBfloat16() {
    static const Kernels table = [] {
        Kernels kernels = v4::kernels();
        v4_bfloat16::multiplyBfloat16(kernels);
        return kernels;
    }();
    return table;
}
}  // namespace

const Kernels& kernelsFor(const char* instructionSet) {
    const std::string_view wanted(instructionSet);
    const bool v3Here = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    const bool v4Here = v3Here && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                        __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vl");
    if (wanted == "v2") return v2::kernels();
    if (v4Here && wanted.empty() && __builtin_cpu_supports("avx512bf16")) return kernelsWithBfloat16();
    if (v4Here && wanted != "v3") return v4::kernels();
    return v3Here ? v3::kernels() : v2::kernels();
}
#else
const Kernels& kernelsFor(const char*) { return v2::kernels(); }
#endif

}  // namespace lamina::cpu

namespace lamina {

std::string wantedInstructionSet() {
    const char* const wanted = std::getenv("LAMINA_INSTRUCTION_SET");
    return wanted ? wanted : "";
}

bool cpuHasBfloat16() { return cpu::kernelsFor(wantedInstructionSet().c_str()).hasBfloat16(); }

bool knowsInstructionSet(const std::string& name) { return name.empty() || name == "v2" || name == "v3" || name == "v4"; }

void limitLibrary(const std::string& instructionSet) {
    // The library takes the limit once, before its first primitive.
    static std::once_flag once;
    std::call_once(once, [&] {
        if (instructionSet == "v2") dnnl_set_max_cpu_isa(dnnl_cpu_isa_sse41);
        if (instructionSet == "v3") dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2);
    });
}

}  // namespace lamina
