#include "app/bench/cost_growth.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/base/clock.h"
#include "core/data/loader.h"
#include "core/data/table.h"
#include "core/network/network_template.h"
#include "core/tensor/random.h"
#include "core/training/forward_pass.h"

namespace lamina::bench {
namespace {

constexpr std::int64_t fewRows = 1000, manyRows = 1000000, samples = 1000000, batchSize = 50;
constexpr int features = 16;

Result<StoredColumn> writeColumn(const Path& folder, const ColumnData& column, const std::string& name) {
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, column.info(name, name)));
    writer->setDictionary(column.dictionary());
    LAMINA_CHECK(writer->append(column.view()));
    return writer->finish();
}

/// Points around three centres.
Result<Table> makeTable(const Path& folder, std::int64_t rows) {
    const RandomStream noise(5, streamOf("cost growth"));
    std::vector<StoredColumn> stored;
    for (int f = 0; f < features; ++f) {
        ColumnData column(ColumnKind::Number);
        for (std::int64_t row = 0; row < rows; ++row)
            column.addNumber((row % 3 == f % 3 ? 2.0 : 0.0) + noise.normal(static_cast<std::uint64_t>(row * features + f)));
        LAMINA_TRY(auto written, writeColumn(folder, column, "x" + std::to_string(f)));
        stored.push_back(std::move(written));
    }
    ColumnData kinds(ColumnKind::Category);
    kinds.setDictionary({"a", "b", "c"});
    for (std::int64_t row = 0; row < rows; ++row) kinds.addCode(static_cast<std::int32_t>(row % 3));
    LAMINA_TRY(auto written, writeColumn(folder, kinds, "kind"));
    stored.push_back(std::move(written));
    return Table::open(stored);
}

/// Every row a training row.
Result<PreparedData> prepare(const Table& table) {
    SplitSettings all;
    all.training = 1;
    all.validation = all.test = 0;
    all.target = "kind";
    all.stratify = false;
    LAMINA_TRY(const auto split, makeSplit(table, all));
    PreparationSettings settings;
    settings.target = "kind";
    LAMINA_TRY(const auto preparation, fitPreparation(table, split, settings));
    return PreparedData::create(table, preparation, split);
}

/// A training without its book-keeping: seconds per sample.
Result<double> secondsPerSample(const PreparedData& data, int threads) {
    const auto device = makeCpuDevice({.threads = threads, .instructionSet = {}});
    ParameterStore store(*device);
    const Network network = networkFromTemplate(*findTemplate("table"), {data.inputShape(), data.preparation().outputCount(), "softmax"});
    const TrainingObjective objective{findLoss("cross_entropy"), findLoss("cross_entropy")->defaults};
    const OptimizerType& adam = *findOptimizer("adam");
    ProgramCache programs([&](std::int64_t batch) { return compileForTraining(network, batch, objective, adam, adam.defaults); }, store, 1);
    LoaderSettings settings;
    settings.batchSize = batchSize;
    const auto rows = data.rows(Part::Training);
    LAMINA_TRY(auto loader, Loader::create(data, rows, settings));
    LAMINA_TRY(auto* cached, programs.get(batchSize));
    ItemSums sums;
    sums.confusion = ConfusionMatrix(data.preparation().outputCount());
    StepContext context;
    const Stopwatch watch;
    for (std::int64_t done = 0; done < samples; done += batchSize, ++context.step) {
        const Batch& batch = loader.next();
        feedBatch(*cached, batch);
        cached->program->run(context);
        addOutputs(sums, data, batch, cached->program->span<float>(cached->network.output));
    }
    return watch.seconds() / static_cast<double>(samples);
}

Result<CostGrowth> measureIn(const Path& folder, int rounds, int threads) {
    LAMINA_TRY(const auto few, makeTable(folder, fewRows));
    LAMINA_TRY(const auto many, makeTable(folder, manyRows));
    LAMINA_TRY(const auto fewData, prepare(few));
    LAMINA_TRY(const auto manyData, prepare(many));
    CostGrowth growth{1e9, 1e9};
    for (int round = 0; round < std::max(rounds, 1); ++round) {
        LAMINA_TRY(const double small, secondsPerSample(fewData, threads));
        LAMINA_TRY(const double large, secondsPerSample(manyData, threads));
        growth.small = std::min(growth.small, small);
        growth.large = std::min(growth.large, large);
    }
    return growth;
}

}  // namespace

std::optional<CostGrowth> measureCostGrowth(int rounds, int threads, std::string& reason) {
    const Path folder = std::filesystem::temp_directory_path() / ("lamina-growth-" + std::to_string(getpid()));
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    const auto growth = measureIn(folder, rounds, threads);
    std::filesystem::remove_all(folder, ignored);
    if (growth) return *growth;
    reason = growth.error().debugText();
    return std::nullopt;
}

}  // namespace lamina::bench
