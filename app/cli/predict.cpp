#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"

namespace lamina {
namespace {

struct Arguments {
    std::string project, run, file, output;
    std::vector<std::int64_t> rows;
    std::int64_t limit = 20;
    int threads = 0;
};

double probabilityOf(const Prediction& p) { return p.probabilities[static_cast<std::size_t>(p.label)]; }

nlohmann::json predictionToJson(const Prediction& p, const TargetColumn& target) {
    if (!target.classes) return {{"row", p.row}, {"value", p.value}};
    nlohmann::json probabilities = nlohmann::json::object();
    for (std::size_t c = 0; c < p.probabilities.size(); ++c) probabilities[target.classNames[c]] = p.probabilities[c];
    return {{"row", p.row}, {"class", p.className}, {"probability", probabilityOf(p)}, {"probabilities", probabilities}};
}

std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string toCsv(const std::vector<Prediction>& predictions, const TargetColumn& target) {
    std::string csv = "row," + csvCell(target.name);
    for (const auto& name : target.classNames) csv += "," + csvCell("probability of " + name);
    csv += "\n";
    for (const Prediction& p : predictions) {
        csv += std::to_string(p.row) + "," + (target.classes ? csvCell(p.className) : nlohmann::json(p.value).dump());
        for (const float probability : p.probabilities) csv += "," + nlohmann::json(probability).dump();
        csv += "\n";
    }
    return csv;
}

void showPredictions(Console& console, const std::vector<Prediction>& predictions, std::int64_t limit, const TargetColumn& target) {
    std::vector<TerminalTable::Column> heads{{console.text("cli.head.row"), TerminalTable::Align::Right}, {target.name}};
    if (target.classes) heads.push_back({console.text("cli.head.probability"), TerminalTable::Align::Right});
    TerminalTable table(std::move(heads));
    for (std::size_t i = 0; i < predictions.size() && std::cmp_less(i, limit); ++i) {
        const Prediction& p = predictions[i];
        if (target.classes) table.add({std::to_string(p.row), p.className, decimal(probabilityOf(p))});
        else table.add({std::to_string(p.row), nlohmann::json(p.value).dump()});
    }
    console.table(table);
}

Result<FilePredictions> answers(const Arguments& arguments, Project& project, TrainedModel& model, Console& console) {
    if (!arguments.file.empty()) return predictFile(project, model, arguments.file, console.cancel(), console.progress());
    auto rows = arguments.rows;
    if (rows.empty()) return fail("cli.predict_what");
    return predictDatasetRows(project, model, std::move(rows), console.cancel());
}

Result<nlohmann::json> predict(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(auto model, TrainedModel::load(*project, arguments.run, arguments.threads));
    LAMINA_TRY(const auto found, answers(arguments, *project, model, console));
    warnAll(console, found.issues);
    const TargetColumn& target = model.preparation.target;
    nlohmann::json result{{"run", model.run.id}, {"rows", found.predictions.size()}};
    if (!arguments.output.empty()) {
        LAMINA_CHECK(writeFileAtomically(arguments.output, std::string_view(toCsv(found.predictions, target))));
        console.say("cli.predict.written", {{"rows", std::to_string(found.predictions.size())}, {"file", arguments.output}});
        result["file"] = arguments.output;
        return result;
    }
    showPredictions(console, found.predictions, arguments.limit, target);
    result["predictions"] = nlohmann::json::array();
    for (std::size_t i = 0; i < found.predictions.size() && std::cmp_less(i, arguments.limit); ++i)
        result["predictions"].push_back(predictionToJson(found.predictions[i], target));
    return result;
}

}  // namespace

void predict_command(Command& command) {
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("run", arguments->run);
    command.option("row", arguments->rows);
    command.option("file", arguments->file);
    command.option("limit", arguments->limit)->check(CLI::NonNegativeNumber);
    command.option("output", arguments->output);
    command.option("threads", arguments->threads)->check(CLI::Range(0, 1024));
    command.run = [arguments](Console& console) { return predict(*arguments, console); };
}

}  // namespace lamina
