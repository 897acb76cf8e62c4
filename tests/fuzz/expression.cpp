// Any bytes as an expression: a parsed expression that can be checked and evaluated, or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/data/expression/expression.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(expression)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const auto expression = Expression::parse({reinterpret_cast<const char*>(data), size});
    if (!expression) {
        if (!expression.error().code.starts_with("expression.")) std::abort();
        return 0;
    }
    std::vector<std::pair<std::string, ExpressionValue>> values;
    for (const auto& name : expression->names()) values.emplace_back(name, ExpressionValue());
    (void)expression->evaluate(values);
    for (auto& [name, value] : values) value = static_cast<double>(name.size());
    (void)expression->evaluate(values);
    for (auto& [name, value] : values) value = name;
    (void)expression->evaluate(values);
    return 0;
}
