// Labelling at the size of a long project: 100,000 items with a million labels are made, opened, filtered and labelled on.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#ifdef LAMINA_WINDOW
#include "app/bench/label_page_bench.h"
#endif
#include "app/bench/report.h"
#include "core/base/clock.h"
#include "core/project/item_marks.h"
#include "core/project/label_edits.h"
#include "core/project/project.h"

namespace lamina::bench {
namespace {

constexpr std::int64_t labelledItems = 100'000, labelsPerItem = 10, labelClasses = 20, itemsPerPiece = 2'000;
constexpr int timedCommits = 300;

template <class T>
T taken(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().debugText());
    return std::move(*result);
}

/// Where there is no window to show them in, pictures are not needed.
DatasetRecord labelledPictures(Project& project, [[maybe_unused]] const Path& folder) {
#ifdef LAMINA_WINDOW
    return importTinyPictures(project, folder, labelledItems);
#else
    DatasetRecord dataset;
    dataset.name = "photos";
    dataset.rows = labelledItems;
    taken(project.datasets().add(dataset).get());
    return dataset;
#endif
}

/// Photographs with ten boxes each; the first class is everywhere, the last one rare.
std::int64_t makeLabelled(Project& project, const DatasetRecord& dataset) {
    LabellingRecord labelling;
    labelling.key = taken(project.labelItems().begin());
    labelling.datasetId = dataset.id;
    std::vector<LabelClassRecord> classes(labelClasses);
    for (std::int64_t i = 0; i < labelClasses; ++i) classes[static_cast<std::size_t>(i)].name = "class " + std::to_string(i + 1);
    const nlohmann::json box = {{"kind", "box"}, {"parts", {{101.5, 202.5, 320.0, 430.0}}}};
    for (std::int64_t first = 0; first < labelledItems; first += itemsPerPiece) {
        std::vector<LabelledItem> piece(static_cast<std::size_t>(itemsPerPiece));
        for (std::int64_t i = 0; i < itemsPerPiece; ++i) {
            LabelledItem& entry = piece[static_cast<std::size_t>(i)];
            entry.item.position = first + i;
            entry.item.identity = "photos/2026/IMG_" + std::to_string(1'000'000 + first + i) + ".jpg";
            entry.item.state = static_cast<ItemState>((first + i) % itemStates);
            entry.item.annotator = (first + i) % 3 == 0 ? "anna" : "bob";
            entry.labels.resize(static_cast<std::size_t>(labelsPerItem));
            for (std::int64_t k = 0; k < labelsPerItem; ++k) {
                auto& label = entry.labels[static_cast<std::size_t>(k)];
                label.classNumber = k == 0 ? 1 : 1 + (first + i * 7 + k) % labelClasses;
                label.tool = "box";
                label.document = box;
            }
        }
        if (auto appended = project.labelItems().append(labelling.key, piece); !appended) throw std::runtime_error(appended.error().debugText());
    }
    taken(project.labelItems().finish(editName("edit.begin_labelling", {{"dataset", dataset.name}}), labelling, std::move(classes)).get());
    return labelling.key;
}

double filterMilliseconds(const Project& project, std::int64_t labelling, const QueueFilter& filter, Figure& figure, const char* name) {
    const Stopwatch watch;
    const auto found = taken(queuePositions(const_cast<Project&>(project).store(), labelling, filter));
    const double milliseconds = watch.seconds() * 1000;
    figure.lines.push_back(line("%-28s %6.1f ms, %zu items", name, milliseconds, found.size()));
    return milliseconds;
}

Figure measureFilters(Project& project, std::int64_t labelling) {
    Figure figure{"filter_1m_labels_ms", 0.0, {}};
    QueueFilter frequent, usual, person, name, state;
    frequent.items.classNumbers = {1};
    usual.items.classNumbers = {7};
    person.annotator = "anna";
    name.search = "IMG_10999";
    state.items.state = ItemState::Unlabelled;
    const std::pair<const char*, const QueueFilter*> all[] = {{"a class in every picture", &frequent}, {"a usual class", &usual}, {"a person", &person}, {"a part of the name", &name}, {"a state", &state}};
    for (const auto& [what, filter] : all) figure.value = std::max(*figure.value, filterMilliseconds(project, labelling, *filter, figure, what));
    return figure;
}

Figure measureLabelCommits(Project& project, std::int64_t labelling) {
    Figure figure{"commit_p99_ms", {}, {}};
    const auto items = taken(project.labelItems().list(labelling, {}, 0, timedCommits));
    std::vector<double> times;
    for (const auto& item : items) {
        LabelGesture gesture;
        gesture.item = item.key;
        gesture.revisions.resize(1);
        gesture.revisions[0].classNumber = 1;
        gesture.revisions[0].tool = "box";
        gesture.revisions[0].document = {{"kind", "box"}, {"parts", {{1.5, 2.5, 20.0, 30.0}}}};
        const Stopwatch watch;
        taken(project.annotations().apply(addedLabel(item, "class 1"), gesture).get());
        times.push_back(watch.seconds() * 1000);
    }
    std::sort(times.begin(), times.end());
    figure.value = times[times.size() * 99 / 100];
    figure.lines.push_back(line("%zu boxes, one after the other, on this disk: median %.1f ms", times.size(), times[times.size() / 2]));
    return figure;
}

}  // namespace

std::vector<Figure> measureLabel([[maybe_unused]] int& argc, [[maybe_unused]] char** argv) {
    const Path folder = std::filesystem::temp_directory_path() / ("lamina-bench-label-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const std::shared_ptr<void> removed(nullptr, [folder](void*) {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    });
    const Path file = folder / "labelled.lamina";
    std::int64_t labelling = 0;
    {
        const auto project = taken(Project::create(file));
        labelling = makeLabelled(*project, labelledPictures(*project, folder));
    }
    Figure open{"open_1m_labels_s", {}, {}}, memory{"memory_mb", {}, {}};
    const Stopwatch watch;
    auto project = taken(Project::open(file, StoreAccess::Write));
    const double opened = watch.seconds();
    const auto marks = taken(itemMarks(project->store(), labelling));
    const auto counts = taken(project->labelItems().counts(labelling));
    const auto labels = taken(project->annotations().ofItem(marks.front().key));
    open.value = watch.seconds();
    open.lines.push_back(line("%lld items, %lld labels, a file of %.0f MB: the project %.2f s, then its queue, counts and the first item", static_cast<long long>(counts.items()),
                              static_cast<long long>(counts.labels()), static_cast<double>(std::filesystem::file_size(file)) / 1e6, opened));
    std::vector<Figure> figures{open, measureFilters(*project, labelling), measureLabelCommits(*project, labelling)};
    project.reset();
#ifdef LAMINA_WINDOW
    for (auto& figure : measureLabelPage(argc, argv, file, folder)) figures.push_back(std::move(figure));
#endif
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    memory.value = static_cast<double>(usage.ru_maxrss) / 1024;
    memory.lines.push_back("the most that this process needed: making the labels, the page with 100,000 pictures, then photos of 24 megapixels in it");
    figures.push_back(memory);
    return figures;
}

}  // namespace lamina::bench
