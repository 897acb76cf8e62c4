#include "app/cli/command.h"
#include "app/jobs/device_choice.h"
#include "core/onnx/conformance.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace onnx_command_parts {

struct Arguments {
    std::string cases, device = "cpu";
    bool operators = false;
    int threads = 0;
};

const char* wordOf(Verdict verdict) { return verdict == Verdict::Passed ? "passed" : verdict == Verdict::Failed ? "failed" : "not_claimed"; }

nlohmann::json caseToJson(const ConformanceCase& tried, Language language) {
    nlohmann::json entry{{"case", tried.name}, {"verdict", wordOf(tried.verdict)}};
    if (tried.reason) entry["reason"] = errorToJson(*tried.reason, language)["error"];
    return entry;
}

Result<nlohmann::json> conformance(const Arguments& arguments, Console& console) {
    std::vector<Issue> issues;
    LAMINA_TRY(const auto device, chooseDevice(arguments.device, arguments.threads, issues));
    for (const Issue& issue : issues) console.warn(issue);
    LAMINA_TRY(const auto report, runConformance(arguments.cases, *device, console.cancel(), console.progress()));
    TerminalTable table({{console.text("cli.head.onnx_case")}, {console.text("cli.head.state")}, {console.text("cli.head.note")}});
    auto list = nlohmann::json::array();
    for (const ConformanceCase& tried : report.cases) {
        list.push_back(caseToJson(tried, console.language()));
        const char* state = tried.verdict == Verdict::Passed   ? "cli.onnx.passed"
                            : tried.verdict == Verdict::Failed ? "cli.onnx.failed"
                                                               : "cli.onnx.not_claimed";
        table.add({tried.name, console.text(state), tried.reason ? message(*tried.reason, console.language()) : ""});
    }
    console.table(table);
    const std::int64_t passed = report.count(Verdict::Passed), failed = report.count(Verdict::Failed), notClaimed = report.count(Verdict::NotClaimed);
    console.say("cli.onnx.summary", {{"claimed", std::to_string(passed + failed)},
                                     {"passed", std::to_string(passed)},
                                     {"failed", std::to_string(failed)},
                                     {"not_claimed", std::to_string(notClaimed)},
                                     {"device", device->description()}});
    if (failed > 0) console.setExitCode(ExitCode::Failed);
    return nlohmann::json{{"claimed", passed + failed},      {"passed", passed}, {"failed", failed}, {"not_claimed", notClaimed},
                          {"device", device->description()}, {"cases", list}};
}

/// The number types that an input takes, as ONNX's documents call them.
std::string typesText(TypeSet types) {
    std::string text;
    for (int i = 0; i <= static_cast<int>(DType::Float16); ++i)
        if (const auto type = static_cast<DType>(i); types & types::of(type)) text += (text.empty() ? "" : " ") + std::string(dtypeName(type));
    return text;
}

nlohmann::json listOperators(Console& console) {
    TerminalTable table(
        {{console.text("cli.head.operation")}, {console.text("cli.head.opset"), TerminalTable::Align::Right}, {console.text("cli.head.types")}});
    auto list = nlohmann::json::array();
    for (const OperatorFamily* family : operatorCatalogue())
        for (const OperatorType& type : family->types) {
            const std::string types = type.types.empty() ? "" : typesText(type.types[0]);
            list.push_back({{"operator", type.name}, {"since_opset", type.since}, {"types", types}});
            table.add({type.name, std::to_string(type.since), types});
        }
    console.table(table);
    return {{"operators", list}, {"newest_opset", newestOpset}};
}

Result<nlohmann::json> onnx(const Arguments& arguments, Console& console) {
    if (arguments.operators) return listOperators(console);
    if (arguments.cases.empty()) return fail("cli.onnx_what");
    return conformance(arguments, console);
}

}  // namespace onnx_command_parts

void onnx_command(Command& command) {
    using namespace onnx_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.option("conformance", arguments->cases);
    command.flag("operators", arguments->operators);
    command.option("device", arguments->device);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return onnx(*arguments, console); };
}

}  // namespace lamina
