#include "app/jobs/source_state.h"

namespace lamina {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestState = std::uint64_t{256} << 20;

Path stateFile(const Project& project, const DatasetRecord& dataset) { return project.folder() / "sources" / (dataset.id + ".json"); }

bool hidden(const Path& path) { return path.filename().string().starts_with('.'); }

std::optional<SourceEntry> markOf(const fs::directory_entry& entry) {
    std::error_code error;
    const auto size = entry.file_size(error);
    if (error) return {};
    const auto time = entry.last_write_time(error);
    if (error) return {};
    return SourceEntry{size, static_cast<std::int64_t>(time.time_since_epoch().count())};
}

}  // namespace

Result<SourceState> lookAtSource(const Path& source, const CancelToken& cancel) {
    SourceState state;
    std::error_code error;
    const fs::directory_entry root(source, error);
    state.folder = !error && root.is_directory(error);
    if (!state.folder) {
        const auto mark = error ? std::nullopt : markOf(root);
        if (!mark) return fail("file.failed", {{"file", source.string()}, {"call", "stat"}, {"reason", error.message()}});
        state.files[source.filename().string()] = *mark;
        return state;
    }
    fs::recursive_directory_iterator entry(source, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end && state.files.size() < SourceState::mostFiles; entry.increment(error)) {
        if (cancel.cancelled()) return fail("job.cancelled");
        if (hidden(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        std::error_code unseen;
        if (!entry->is_regular_file(unseen)) continue;
        if (const auto mark = markOf(*entry)) state.files[entry->path().lexically_relative(source).string()] = *mark;
    }
    return state;
}

SourceChange changesBetween(const SourceState& before, const SourceState& now) {
    SourceChange change;
    for (const auto& [name, file] : now.files) {
        const auto old = before.files.find(name);
        if (old == before.files.end()) ++change.added;
        else if (old->second != file) ++change.changed;
    }
    for (const auto& [name, file] : before.files)
        if (!now.files.contains(name)) ++change.gone;
    return change;
}

void keepSourceState(const Project& project, const DatasetRecord& dataset, const SourceState& state) {
    if (project.readOnly()) return;
    auto files = nlohmann::json::array();
    for (const auto& [name, file] : state.files) files.push_back({name, file.size, file.time});
    const nlohmann::json kept{{"content", dataset.sourceHash}, {"folder", state.folder}, {"files", std::move(files)}};
    const Path place = stateFile(project, dataset);
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    if (!error) (void)writeFileAtomically(place, kept.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::optional<SourceState> keptSourceState(const Project& project, const DatasetRecord& dataset) {
    const auto bytes = readFile(stateFile(project, dataset), largestState);
    if (!bytes) return {};
    const auto* text = reinterpret_cast<const char*>(bytes->data());
    try {
        const auto kept = nlohmann::json::parse(text, text + bytes->size());
        if (kept.at("content") != dataset.sourceHash) return {};
        SourceState state;
        state.folder = kept.at("folder");
        for (const auto& file : kept.at("files")) state.files[file.at(0)] = {file.at(1), file.at(2)};
        return state;
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

}  // namespace lamina
