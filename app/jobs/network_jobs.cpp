#include "app/jobs/network_jobs.h"

#include <algorithm>
#include <set>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/device_choice.h"
#include "app/jobs/free_name.h"
#include "app/jobs/split_jobs.h"
#include "core/engine/counting_device.h"
#include "core/network/network_template.h"
#include "core/tasks/task_type.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

Result<Network> readNetworkFile(const Path& file) {
    LAMINA_TRY(const auto text, readTextFile(file));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return fail("jobs.network_not_json", {{"file", file.string()}});
    auto network = networkFromJson(json);
    if (!network) return network.takeError().with("file", file.string());
    return network;
}

Result<const NetworkTemplate*> templateOf(const std::string& id) {
    if (const NetworkTemplate* found = findTemplate(id)) return found;
    std::string known;
    for (const auto& candidate : templateCatalogue()) known += (known.empty() ? "" : ", ") + candidate.id;
    return fail("jobs.unknown_template", {{"template", id}, {"known", known}});
}

/// What is larger is taken for a photo: what it shows has no fixed place and size, and a dense layer over every pixel learns few photos by heart.
constexpr std::int64_t largestSmallPicture = 32;

std::string templateFor(const Preparation& preparation, const Shape& input) {
    if (!preparation.isImage() || input.size() != 3) return "table";
    return std::min(input[1], input[2]) > largestSmallPicture ? "photo" : "cnn";
}

/// `preparation`: of all columns, whatever stands side by side in it.
Result<NetworkNeeds> needsOf(const DatasetRecord& dataset, Preparation preparation) {
    const TaskType* task = findTask(preparation.task);
    if (!task) return fail("jobs.unknown_task", {{"task", preparation.task}});
    NetworkNeeds needs{dataset.id, task->id, task->head, {}, preparation.outputCount(), {}};
    needs.columns = offeredColumns(preparation);
    if (auto whole = arrangeInputs(preparation, {}, {}); !whole) needs.mixed = whole.takeError();
    else needs.input = preparation.inputShape();
    needs.templateId = templateFor(preparation, needs.input);
    return needs;
}

/// What an input of a shape would read if it took these columns. Pictures are made as large as it asks for.
Result<Shape> shapeOf(const InputWish& wish, const std::vector<const OfferedColumn*>& columns) {
    const auto isTensor = [](const OfferedColumn* column) { return column->form != ColumnForm::Single; };
    const auto tensor = std::find_if(columns.begin(), columns.end(), isTensor);
    const bool pictures = readsPictures(wish.shape) && columns.size() == 1 && (columns[0]->form == ColumnForm::Picture || columns[0]->isText);
    if (pictures) return wish.shape;
    if (tensor != columns.end() && columns.size() > 1) {
        const OfferedColumn* other = *tensor == columns[0] ? columns[1] : columns[0];
        return fail(isTensor(other) ? "preparation.several_tensors" : "preparation.mixed_inputs",
                    {{"tensor", (*tensor)->name}, {"column", other->name}, {"first", (*tensor)->name}, {"second", other->name}, {"layer", wish.layer}});
    }
    if (tensor != columns.end()) return columns[0]->shape;
    Shape width{0};
    for (const OfferedColumn* column : columns) width[0] += column->width;
    if (width[0] == 0) return fail("inputs.without_columns", {{"layer", wish.layer}});
    return width;
}

Error wrongShape(const std::string& layer, const Shape& wanted, const Shape& found) {
    return fail("training.input_shape", {{"network", shapeText(wanted)}, {"data", shapeText(found)}, {"layer", layer}});
}

using Taken = std::vector<const OfferedColumn*>;

/// The columns that go to the input of this place; of -1 those that none takes.
Taken takenBy(int input, const NetworkNeeds& needs, const std::vector<int>& takers) {
    Taken taken;
    for (std::size_t c = 0; c < needs.columns.size(); ++c)
        if (takers[c] == input) taken.push_back(&needs.columns[c]);
    return taken;
}

/// Of a row of numbers it is said which column makes how many.
Error wrongWidth(const InputWish& wish, const Shape& found, const Taken& taken) {
    if (found.size() != 1 || wish.shape.size() != 1 || taken.size() < 2) return wrongShape(wish.layer, wish.shape, found);
    std::string columns;
    for (const OfferedColumn* column : taken) columns += (columns.empty() ? "" : ", ") + column->name + " (" + std::to_string(column->width) + ")";
    return fail("inputs.wrong_width", {{"layer", wish.layer}, {"network", std::to_string(wish.shape[0])}, {"data", std::to_string(found[0])}, {"columns", columns}});
}

/// Of inputs that divide the columns between them, or of one that names some.
std::vector<Error> problemsOfInputs(const std::vector<InputWish>& wishes, const NetworkNeeds& needs) {
    const auto takers = divideColumns(needs.columns, wishes);
    if (!takers) return {takers.error()};
    std::vector<Error> problems;
    for (std::size_t input = 0; input < wishes.size(); ++input) {
        const Taken taken = takenBy(static_cast<int>(input), needs, *takers);
        auto found = shapeOf(wishes[input], taken);
        if (!found) problems.push_back(found.takeError());
        else if (*found != wishes[input].shape) problems.push_back(wrongWidth(wishes[input], *found, taken));
    }
    return problems;
}

/// Several inputs, or one that names columns, divide them.
bool dividesColumns(const std::vector<InputWish>& wishes, const NetworkNeeds& needs) {
    return (wishes.size() > 1 || (wishes.size() == 1 && !wishes[0].columns.empty())) && !needs.columns.empty();
}

/// The dataset's newest split, or every row a training row.
Result<Split> splitToLearnFrom(Project& project, const CleanedData& cleaned, const std::optional<SplitRecord>& record, const CancelToken& cancel) {
    if (record) return splitOfCleaned(project, *record, cleaned);
    SplitSettings everything;
    everything.training = 1;
    everything.validation = everything.test = 0;
    everything.target = targetColumn(cleaned.dataset);
    everything.stratify = false;
    LAMINA_TRY(auto split, makeSplit(cleaned.clean.table, everything, cancel));
    leaveOutRemoved(cleaned.clean, split);
    return split;
}

/// Columns that can be named all the same: texts, above all, may name pictures.
void addLeftOut(std::vector<OfferedColumn>& columns, const CleanedData& cleaned, const PreparationSettings& settings) {
    const Table& table = cleaned.clean.table;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        const ColumnInfo& info = table.info(c);
        const bool text = info.kind == ColumnKind::Text || info.kind == ColumnKind::Category;
        const auto found = std::find_if(columns.begin(), columns.end(), [&](const OfferedColumn& column) { return column.name == info.name; });
        if (found != columns.end()) {
            found->isText = text;
            continue;
        }
        const bool ignored = info.role == "ignore" || std::count(settings.ignored.begin(), settings.ignored.end(), info.name) > 0;
        if (info.name != settings.target && !ignored) columns.push_back({info.name, ColumnForm::Single, {}, 0, text});
    }
}

/// How many numbers an embedding layer tells apart where a column of word numbers is all there is to learn from; 0: it is not.
std::int64_t vocabularyOf(const CleanedData& cleaned, const Preparation& preparation) {
    if (preparation.features.size() != 1 || !preparation.features[0].wordNumbers) return 0;
    std::size_t words = 0;
    for (const RecipeStep& step : cleaned.recipe.steps)
        if (step.enabled && step.type == "text_sequence" && step.fitted.contains("words")) words = std::max(words, step.fitted.at("words").size());
    return words == 0 ? 0 : static_cast<std::int64_t>(words) + 2;  // and the numbers of padding and of unknown words
}

Result<NetworkNeeds> needsFor(const DatasetRecord& dataset, const CleanedData& cleaned, const Split& split, const std::string& task, const CancelToken& cancel,
                              const std::vector<std::string>& alsoPredicted = {}) {
    PreparationSettings settings = preparationSettings(cleaned.dataset, task);
    for (const std::string& column : alsoPredicted) {
        if (!cleaned.clean.table.find(column)) return fail("jobs.no_column", {{"column", column}, {"dataset", dataset.name}});
        settings.ignored.push_back(column);
    }
    settings.anyMixture = true;
    LAMINA_TRY(auto preparation, fitPreparation(cleaned.clean.table, split, settings, cancel));
    const std::int64_t vocabulary = vocabularyOf(cleaned, preparation);
    LAMINA_TRY(auto needs, needsOf(dataset, std::move(preparation)));
    needs.vocabulary = vocabulary;
    if (needs.vocabulary > 0) needs.templateId = "text";
    addLeftOut(needs.columns, cleaned, settings);
    return needs;
}

/// What a network gives in the end; nullptr where that is not one layer.
const NodeReport* outputOf(const Network& network, const NetworkReport& report) {
    std::set<std::string> feeding, ends;
    for (const auto& edge : network.edges) feeding.insert(edge.from);
    for (const auto& node : network.nodes)
        if (!feeding.count(node.id)) ends.insert(node.name);
    if (ends.size() != 1) return nullptr;
    const auto found = std::find_if(report.nodes.begin(), report.nodes.end(), [&](const auto& node) { return ends.count(node.node) > 0; });
    return found == report.nodes.end() ? nullptr : &*found;
}

}  // namespace

Result<BuildOutcome> buildNetwork(Project& project, const BuildRequest& request) {
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto splitRecord, findSplit(project, dataset, request.split));
    CleanRequest how;
    how.split = splitRecord;
    how.cancel = request.cancel;
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset, how));
    LAMINA_TRY(const auto split, splitOfCleaned(project, splitRecord, cleaned));
    LAMINA_TRY(const auto needs, needsFor(dataset, cleaned, split, request.task, request.cancel, request.alsoPredicted));

    BuildOutcome outcome;
    if (request.file.empty()) {
        LAMINA_TRY(outcome.network, networkFor(request.templateId, &needs));
    } else {
        LAMINA_TRY(outcome.network, readNetworkFile(request.file));
        if (NetworkOrigin& origin = outcome.network.origin; !project.hasFile(origin.parameters)) origin = {};
    }
    Network& network = outcome.network;
    if (network.id.empty()) network.id = newUuid();
    network.name = freeName(project.networks().all(), !request.name.empty() ? request.name : !network.name.empty() ? network.name : "network");
    outcome.report = describeNetwork(network);
    // With several outputs the plan of a training says what each learns.
    std::erase_if(outcome.report.problems, [](const Error& problem) { return problem.code == "network.several_outputs"; });
    if (!outcome.report.ok()) return outcome.report.firstProblem();
    if (const auto problems = problemsWithData(network, outcome.report, needs); !problems.empty()) return problems.front();
    outcome.record = recordOf(network, &needs);
    LAMINA_TRY(outcome.receipt, project.networks().add(outcome.record).get());
    return outcome;
}

Result<NetworkNeeds> networkNeeds(Project& project, const std::string& dataset, const std::string& task, const CancelToken& cancel) {
    LAMINA_TRY(const auto record, findDataset(project, dataset));
    CleanRequest how;
    how.cancel = cancel;
    if (const auto known = findSplit(project, record, {})) how.split = *known;
    LAMINA_TRY(const auto cleaned, cleanTable(project, record, how));
    LAMINA_TRY(const auto split, splitToLearnFrom(project, cleaned, how.split, cancel));
    return needsFor(record, cleaned, split, task, cancel);
}

/// Beside others: data would have to be divided for inputs that lead nowhere.
static std::optional<Error> unlinkedInput(const Network& network) {
    const auto inputs = std::count_if(network.nodes.begin(), network.nodes.end(), [](const NetworkNode& node) { return node.type == "input"; });
    for (const NetworkNode& node : network.nodes) {
        const bool feeds = std::any_of(network.edges.begin(), network.edges.end(), [&](const NetworkEdge& edge) { return edge.from == node.id; });
        if (inputs > 1 && node.type == "input" && !feeds) return fail("network.input_unlinked", {{"layer", node.name}});
    }
    return {};
}

std::vector<Error> problemsWithData(const Network& network, const NetworkReport& report, const NetworkNeeds& needs) {
    if (auto problem = unlinkedInput(network)) return {std::move(*problem)};
    std::vector<Error> problems;
    const auto wishes = wishesOf(network).inputs;
    if (dividesColumns(wishes, needs)) problems = problemsOfInputs(wishes, needs);
    else if (needs.mixed) problems.push_back(*needs.mixed);
    else
        for (const InputWish& wish : wishes)
            if (wish.shape != needs.input) problems.push_back(wrongShape(wish.layer, wish.shape, needs.input));
    const NodeReport* output = outputOf(network, report);
    if (output && output->shape != Shape{needs.outputs})
        problems.push_back(fail("training.output_shape",
                                {{"network", shapeText(output->shape)}, {"needed", std::to_string(needs.outputs)}, {"layer", output->node}}));
    return problems;
}

Result<Shape> inputShapeFor(const Network& network, const NetworkNeeds& needs, const std::string& layer) {
    const auto wishes = wishesOf(network).inputs;
    if (!dividesColumns(wishes, needs)) return needs.input;
    LAMINA_TRY(const auto takers, divideColumns(needs.columns, wishes));
    for (std::size_t input = 0; input < wishes.size(); ++input)
        if (wishes[input].layer == layer) return shapeOf(wishes[input], takenBy(static_cast<int>(input), needs, takers));
    return needs.input;
}

std::vector<std::string> columnsLeftOver(const Network& network, const NetworkNeeds& needs) {
    std::vector<std::string> names;
    const auto wishes = wishesOf(network).inputs;
    if (!dividesColumns(wishes, needs)) return names;
    if (const auto takers = divideColumns(needs.columns, wishes))
        for (const OfferedColumn* column : takenBy(-1, needs, *takers))
            if (column->width > 0 || column->form != ColumnForm::Single) names.push_back(column->name);
    return names;
}

DataWishes wishesOf(const Network& network, const TrainingPlan& plan) {
    DataWishes wishes;
    for (auto& input : networkInputs(network)) wishes.inputs.push_back({std::move(input.layer), std::move(input.columns), std::move(input.shape)});
    wishes.targets = namedTargets(plan);
    return wishes;
}

std::vector<OfferedColumn> offeredColumns(const Preparation& preparation) {
    std::vector<OfferedColumn> columns;
    for (const FeatureColumn& feature : preparation.features) {
        const bool tensor = feature.kind == FeatureKind::Tensor;
        columns.push_back({feature.name, feature.picture ? ColumnForm::Picture : tensor ? ColumnForm::Array : ColumnForm::Single,
                           tensor ? feature.elementShape : Shape(), feature.outputCount, false});
    }
    return columns;
}

Result<Network> networkFor(const std::string& templateId, const NetworkNeeds* needs) {
    if (needs && needs->mixed) return *needs->mixed;
    LAMINA_TRY(const auto* from, templateOf(!templateId.empty() ? templateId : needs ? needs->templateId : "table"));
    TemplateBlanks blanks{from->input == "image" ? std::vector<std::int64_t>{1, 28, 28} : std::vector<std::int64_t>{4}, 3, "softmax"};
    if (needs) blanks = {needs->input, needs->outputs, needs->head};
    if (needs && needs->vocabulary > 0) blanks.vocabulary = needs->vocabulary;
    auto network = networkFromTemplate(*from, blanks);
    network.name = from->id;
    return network;
}

NetworkRecord recordOf(const Network& network, const NetworkNeeds* needs) {
    NetworkRecord record;
    record.name = network.name;
    record.datasetId = needs ? needs->datasetId : "";
    record.taskId = needs ? needs->task : "";
    record.document = networkToJson(network);
    return record;
}

Result<NetworkRecord> findNetwork(Project& project, const std::string& idOrName) {
    if (!idOrName.empty()) return project.networks().find(idOrName);
    LAMINA_TRY(auto all, project.networks().all());
    if (all.empty()) return fail("jobs.no_network", {{"project", project.file().string()}});
    return std::move(all.back());
}

Result<NetworkExplanation> explainNetwork(const NetworkRecord& record, std::int64_t batch, bool training, int threads, const TrainingPlan& plan) {
    LAMINA_TRY(const auto network, networkFromJson(record.document));
    NetworkExplanation explanation;
    explanation.report = describeNetwork(network);
    if (!explanation.report.ok()) return explanation.report.firstProblem();
    const TaskType* task = findTask(record.taskId);
    if (!task) return fail("jobs.unknown_task", {{"task", record.taskId}});
    LAMINA_TRY(const auto phases, resolvePhases(plan, network, *task));
    LAMINA_TRY(auto compiled,
               training ? compileForTraining(phases.front().network, batch, phases.front().training) : compileForInference(network, batch));
    std::vector<Issue> none;  // the CPU has nothing to tell
    LAMINA_TRY(const auto real, chooseDevice("cpu", threads, none));
    // Nothing is run: batches that would not fit can be explained, too.
    CountingDevice device(*real);
    ParameterStore store(device);
    auto kept = compiled.kept();
    LAMINA_TRY(const auto program, Program::create(std::move(compiled.graph), device, store, std::move(kept), 1));
    explanation.steps = program->describe();
    explanation.arenaBytes = program->arenaBytes();
    for (const auto& [name, entry] : store.entries())
        explanation.parameterBytes += static_cast<std::uint64_t>(elementCount(entry.shape)) * sizeof(float);
    for (const auto& step : explanation.steps) explanation.flops += step.flops;
    explanation.device = real->description();
    return explanation;
}

}  // namespace lamina
