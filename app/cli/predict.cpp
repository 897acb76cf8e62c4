#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/predict_jobs.h"

namespace lamina {
namespace predict_command_parts {

struct Arguments {
    std::string project, run, file, output;
    std::vector<std::int64_t> rows;
    std::int64_t limit = 20;
    int threads = 0;
    bool byteOrderMark = false;
};

double probabilityOf(const Prediction& p) { return p.probabilities[static_cast<std::size_t>(p.label)]; }

nlohmann::json answerToJson(const Prediction& p, const TargetColumn& target) {
    if (!target.classes) return {{"row", p.row}, {"value", p.value}};
    nlohmann::json probabilities = nlohmann::json::object();
    for (std::size_t c = 0; c < p.probabilities.size(); ++c) probabilities[target.classNames[c]] = p.probabilities[c];
    return {{"row", p.row}, {"class", p.className}, {"probability", probabilityOf(p)}, {"probabilities", probabilities}};
}

/// Further outputs stand by their titles.
nlohmann::json predictionToJson(const Prediction& p, const std::vector<ModelOutput>& outputs) {
    nlohmann::json json = answerToJson(p, outputs[0].target);
    for (std::size_t i = 0; i < p.more.size(); ++i) {
        json["outputs"][outputs[i + 1].title] = answerToJson(p.more[i], outputs[i + 1].target);
        json["outputs"][outputs[i + 1].title].erase("row");
    }
    return json;
}

void addCells(std::vector<std::string>& cells, const Prediction& p, const TargetColumn& target) {
    cells.push_back(target.classes ? p.className : nlohmann::json(p.value).dump());
    if (target.classes) cells.push_back(decimal(probabilityOf(p)));
}

void showPredictions(Console& console, const std::vector<Prediction>& predictions, std::int64_t limit, const std::vector<ModelOutput>& outputs) {
    std::vector<TerminalTable::Column> heads{{console.text("cli.head.row"), TerminalTable::Align::Right}};
    for (const ModelOutput& output : outputs) {
        heads.push_back({output.title});
        if (output.target.classes) heads.push_back({console.text("cli.head.probability"), TerminalTable::Align::Right});
    }
    TerminalTable table(std::move(heads));
    for (std::size_t i = 0; i < predictions.size() && std::cmp_less(i, limit); ++i) {
        const Prediction& p = predictions[i];
        std::vector<std::string> cells{std::to_string(p.row)};
        addCells(cells, p, outputs[0].target);
        for (std::size_t o = 0; o < p.more.size(); ++o) addCells(cells, p.more[o], outputs[o + 1].target);
        table.add(std::move(cells));
    }
    console.table(table);
}

Result<FilePredictions> answers(const Arguments& arguments, Project& project, TrainedModel& model, Console& console) {
    if (!arguments.file.empty()) return predictFile(project, model, arguments.file, console.cancel(), console.progress());
    auto rows = arguments.rows;
    if (rows.empty()) return fail("cli.predict_what");
    return predictDatasetRows(project, model, std::move(rows), console.cancel());
}

Result<nlohmann::json> writeAnswers(const Arguments& arguments, Project& project, TrainedModel& model, Console& console) {
    const CsvOutput output{arguments.output, true, arguments.byteOrderMark, [&](const Error& error) { return message(error, console.language()); }};
    if (arguments.file.empty() && arguments.rows.empty()) return fail("cli.predict_what");
    LAMINA_TRY(const auto outcome, arguments.file.empty() ? predictRowsToCsv(project, model, arguments.rows, output, console.cancel())
                                                          : predictFileToCsv(project, model, arguments.file, output, console.cancel(), console.progress()));
    warnAll(console, outcome.issues);
    console.say("cli.predict.written", {{"rows", std::to_string(outcome.rows)}, {"file", arguments.output}});
    if (outcome.unanswered + outcome.remarked > 0)
        console.say("cli.predict.remarks", {{"unanswered", std::to_string(outcome.unanswered)}, {"remarked", std::to_string(outcome.remarked)}});
    return nlohmann::json{{"run", model.run.id}, {"rows", outcome.rows}, {"unanswered", outcome.unanswered}, {"remarked", outcome.remarked}, {"file", arguments.output}};
}

Result<nlohmann::json> predict(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(auto model, TrainedModel::load(*project, arguments.run, arguments.threads));
    if (!arguments.output.empty()) return writeAnswers(arguments, *project, model, console);
    LAMINA_TRY(const auto found, answers(arguments, *project, model, console));
    warnAll(console, found.issues);
    showPredictions(console, found.predictions, arguments.limit, model.outputs);
    nlohmann::json result{{"run", model.run.id}, {"rows", found.predictions.size()}, {"predictions", nlohmann::json::array()}, {"unanswered", nlohmann::json::array()}};
    for (const UnansweredRow& row : found.unanswered) {
        result["unanswered"].push_back({{"row", row.row}, {"reason", message(row.why, console.language())}});
        if (std::cmp_less_equal(result["unanswered"].size(), arguments.limit))
            console.say("cli.predict.unanswered", {{"row", std::to_string(row.row)}, {"reason", message(row.why, console.language())}});
    }
    for (std::size_t i = 0; i < found.predictions.size() && std::cmp_less(i, arguments.limit); ++i) {
        auto one = predictionToJson(found.predictions[i], model.outputs);
        for (std::size_t c = 0; c < found.made.columnCount(); ++c) one["values"][found.made.info(c).name] = found.made.cellText(found.predictions[i].row, c);
        result["predictions"].push_back(std::move(one));
    }
    return result;
}

}  // namespace predict_command_parts

void predict_command(Command& command) {
    using namespace predict_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("run", arguments->run);
    command.option("row", arguments->rows);
    command.option("file", arguments->file);
    command.option("limit", arguments->limit).notNegative();
    command.option("output", arguments->output);
    command.flag("bom", arguments->byteOrderMark);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return predict(*arguments, console); };
}

}  // namespace lamina
