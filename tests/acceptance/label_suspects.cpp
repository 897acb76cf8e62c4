// Flips labels of pictures at random and counts how many of them the suspect queue brings within its first proposals.
//   label_suspects IDX_FOLDER [--flips 200] [--first 600] [--seed 1] [--threads 0]
//   → {"items", "flipped", "found_in_600", "doubted", "expected_errors", "seconds"}
// The exit code is 0 where four of five were found.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/label_queue.h"
#include "core/learning/item_order.h"

namespace lamina {
namespace {

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s\n", result.error().debugText().c_str());
    std::exit(2);
}

/// Other classes for items that are drawn from the seed; gives their keys.
std::set<std::int64_t> flipLabels(Project& project, const LabellingRecord& labelling, std::size_t flips, std::uint64_t seed) {
    const auto items = must(project.annotations().wholeClasses(labelling.key));
    const auto order = drawnOrder(items.size(), seed);
    const auto shifts = drawnOrder(items.size() * 9, seed + 1);
    std::set<std::int64_t> flipped;
    LabelEdit edit;
    for (std::size_t i = 0; i < flips; ++i) {
        const WholeClass& item = items[order[i]];
        AnnotationRecord wrong;
        wrong.parent = item.revision;
        wrong.classNumber = 1 + (item.classNumber - 1 + 1 + static_cast<std::int64_t>(shifts[i] % 9)) % 10;
        wrong.tool = "flip";
        edit.gestures.push_back({item.item, {wrong}, std::nullopt, {}, false});
        flipped.insert(item.item);
    }
    (void)must(project.annotations().apply(editName("edit.import_labels", {{"labels", std::to_string(flips)}, {"source", "flips"}}), std::move(edit)).get());
    return flipped;
}

struct SuspectRun {
    Path data;
    std::size_t flips = 200, first = 600;
    std::uint64_t seed = 1;
    int threads = 0;
};

int findFlips(const SuspectRun& run, const Path& file) {
    const auto project = must(Project::create(file));
    ImportRequest import;
    import.source = run.data;
    import.name = "pictures";
    const auto dataset = must(importDataset(*project, import)).dataset;
    const auto labelling = must(beginLabellingFrom(*project, dataset, {}));
    const auto flipped = flipLabels(*project, labelling, run.flips, run.seed);
    OrderRequest request;
    request.kind = OrderKind::Suspects;
    request.threads = run.threads;
    const auto start = std::chrono::steady_clock::now();
    const auto outcome = must(orderItems(*project, request));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::size_t found = 0;
    for (std::size_t i = 0; i < std::min(run.first, outcome.order.entries.size()); ++i) found += flipped.count(outcome.order.entries[i].item);
    const nlohmann::json report{{"items", dataset.rows},
                                {"flipped", flipped.size()},
                                {"found_in_" + std::to_string(run.first), found},
                                {"doubted", outcome.doubted},
                                {"expected_errors", outcome.expectedErrors},
                                {"seconds", seconds}};
    std::printf("%s\n", report.dump().c_str());
    return found * 5 >= flipped.size() * 4 ? 0 : 1;
}

}  // namespace
}  // namespace lamina

int main(int argc, char** argv) {
    lamina::SuspectRun run;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto number = [&] { return static_cast<std::size_t>(std::atoll(i + 1 < argc ? argv[++i] : "0")); };
        if (word == "--flips") run.flips = number();
        else if (word == "--first") run.first = number();
        else if (word == "--seed") run.seed = number();
        else if (word == "--threads") run.threads = static_cast<int>(number());
        else run.data = word;
    }
    const auto folder = std::filesystem::temp_directory_path() / ("label_suspects_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const int code = lamina::findFlips(run, folder / "p.lamina");
    std::filesystem::remove_all(folder);
    return code;
}
