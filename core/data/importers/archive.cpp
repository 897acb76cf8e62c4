// Archives (zip, tar) and compressed files: what they hold is unpacked beside the columns, read by its own importer, and removed again.
#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/uuid.h"
#include "core/data/importers/archive_file.h"
#include "core/data/importers/concatenate.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/importer.h"
#include "core/data/importers/text_folder.h"
#include "core/data/importers/video_file.h"

namespace lamina {

const ImporterType& archive_importer();

namespace {

struct ArchiveSettings {
    std::string files;               ///< shell wildcards; empty: all
    std::vector<std::string> inner;  ///< "name=value" of the importer that reads what is inside
};

constexpr std::uint64_t archivePreviewBytes = std::uint64_t{1} << 20;
constexpr std::uint64_t archiveWholeBytes = std::uint64_t{256} << 20;
constexpr std::size_t archivePreviewPictures = 50;
constexpr std::uint64_t archiveCopied = std::uint64_t{2} << 30;

/// A folder for what is unpacked, gone with this.
class UnpackedFolder {
public:
    explicit UnpackedFolder(const Path& parent) : m_path(parent / ("unpacked-" + newUuid())) {}
    ~UnpackedFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    UnpackedFolder(const UnpackedFolder&) = delete;
    UnpackedFolder& operator=(const UnpackedFolder&) = delete;
    const Path& path() const { return m_path; }

private:
    const Path m_path;
};

std::string archiveLower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

std::string archiveBaseName(const std::string& name) {
    const auto slash = name.find_last_of("/\\");
    return slash == std::string::npos ? name : name.substr(slash + 1);
}

/// Files that stand beside data and are none: what programs and people leave.
bool isBeside(const std::string& name) {
    const std::string base = archiveLower(archiveBaseName(name));
    if (base.empty() || base[0] == '.' || archiveLower(name).starts_with("__macosx/")) return true;
    for (const char* word : {"readme", "license", "licence", "changelog", "copying", "notice", "thumbs.db", "desktop.ini"})
        if (base.starts_with(word)) return true;
    return base.ends_with(".md") || base.ends_with(".pdf") || base.ends_with(".html");
}

bool isArchiveName(const std::string& name) {
    const std::string base = archiveLower(name);
    for (const char* end : {".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar"})
        if (base.ends_with(end)) return true;
    return false;
}

/// The importer that a member's name speaks for; nullptr: none.
const ImporterType* importerByName(const std::string& name) {
    for (const auto* importer : importerCatalogue())
        if (importer->id != "archive" && fitsPatterns(archiveBaseName(name), importer->patterns)) return importer;
    return nullptr;
}

/// What an archive holds, from the names alone.
struct ArchiveContents {
    std::vector<std::string> tables, pictures, idx, films, archives, others;
    bool single = false;  ///< one compressed file
    std::vector<Issue> issues;
};

Result<ArchiveContents> lookInto(const Path& path, const ArchiveSettings& settings, const CancelToken& cancel) {
    ArchiveContents contents;
    std::int64_t unsafe = 0, links = 0;
    std::string firstUnsafe, firstLink;
    LAMINA_TRY(auto archive, ArchiveFile::open(path, true));
    while (true) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto entry, archive.next());
        if (!entry) break;
        contents.single = !archive.holdsArchive();
        if (!entry->file) {
            if (!entry->name.ends_with('/') && !entry->folder && links++ == 0) firstLink = entry->name;
            continue;
        }
        if (safeRelativeName(entry->name).empty()) {
            if (unsafe++ == 0) firstUnsafe = entry->name;
            continue;
        }
        if (!settings.files.empty() && ::fnmatch(settings.files.c_str(), entry->name.c_str(), FNM_CASEFOLD) != 0) continue;
        if (isBeside(entry->name) && !contents.single) continue;
        const auto* importer = importerByName(entry->name);
        if (importer && importer->id == "idx") contents.idx.push_back(entry->name);
        else if (importer && importer->id == "video") contents.films.push_back(entry->name);
        else if (isImageName(entry->name)) contents.pictures.push_back(entry->name);
        else if (importer || contents.single) contents.tables.push_back(entry->name);
        else if (isArchiveName(entry->name)) contents.archives.push_back(entry->name);
        else contents.others.push_back(entry->name);
    }
    if (unsafe > 0) contents.issues.push_back({Severity::Warning, fail("archive.unsafe_names", {{"name", firstUnsafe}}), unsafe});
    if (links > 0) contents.issues.push_back({Severity::Warning, fail("archive.links", {{"name", firstLink}}), links});
    return contents;
}

std::string joinedMembers(const std::vector<std::string>& names) {
    std::string joined;
    for (std::size_t i = 0; i < names.size() && i < 10; ++i) joined += (joined.empty() ? "" : ", ") + names[i];
    return names.size() > 10 ? joined + ", …" : joined;
}

/// What will be imported: one table, several of one kind, or a folder.
struct ArchiveChoice {
    std::vector<std::string> members;
    bool folder = false;
};

/// Texts that lie in two or more folders are documents in class folders, not tables.
std::vector<std::string> documentsIn(const ArchiveContents& contents) {
    std::vector<std::string> texts;
    std::set<std::string> folders;
    for (const auto* names : {&contents.tables, &contents.others})
        for (const std::string& name : *names) {
            const auto slash = name.find_last_of('/');
            if (slash == std::string::npos || !isTextName(archiveBaseName(name))) continue;
            texts.push_back(name);
            folders.insert(name.substr(0, slash));
        }
    const bool most = texts.size() * 2 > contents.tables.size() + contents.others.size();
    return folders.size() >= 2 && most && contents.pictures.empty() ? texts : std::vector<std::string>();
}

Result<ArchiveChoice> chooseMembers(const ArchiveContents& contents) {
    if (!contents.idx.empty()) return ArchiveChoice{contents.idx, true};
    if (!contents.films.empty() && contents.tables.empty() && contents.pictures.empty()) return ArchiveChoice{contents.films, true};
    if (auto documents = documentsIn(contents); !documents.empty()) return ArchiveChoice{std::move(documents), true};
    if (contents.pictures.size() > contents.tables.size() * 3 || contents.tables.empty()) {
        if (!contents.pictures.empty()) {
            auto members = contents.pictures;
            members.insert(members.end(), contents.tables.begin(), contents.tables.end());
            return ArchiveChoice{std::move(members), true};
        }
        if (!contents.archives.empty()) return fail("archive.nested", {{"name", contents.archives[0]}});
        return fail("archive.nothing", {{"known", joinedMembers(contents.others)}});
    }
    std::set<const ImporterType*> kinds;
    for (const auto& name : contents.tables) kinds.insert(importerByName(name));
    if (kinds.size() > 1) return fail("archive.several_kinds", {{"known", joinedMembers(contents.tables)}});
    ArchiveChoice choice{contents.tables, false};
    std::sort(choice.members.begin(), choice.members.end());
    return choice;
}

/// Unpacks the members: tables under numbers, a folder under the names it has. `most`: bytes of each; UINT64_MAX: whole.
Result<std::map<std::string, Path>> unpack(const Path& path, const ArchiveChoice& choice, const Path& folder, std::uint64_t most, std::size_t mostFiles, const ImportJob& job) {
    const std::set<std::string> wanted(choice.members.begin(), choice.members.end());
    std::map<std::string, Path> unpacked;
    LAMINA_TRY(auto archive, ArchiveFile::open(path, true));
    LAMINA_CHECK(files().makeFolder(folder));
    while (unpacked.size() < mostFiles) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto entry, archive.next());
        if (!entry) break;
        if (!entry->file || !wanted.count(entry->name) || unpacked.count(entry->name)) continue;
        const std::string safe = safeRelativeName(entry->name);
        const Path target = choice.folder ? folder / safe : folder / std::to_string(unpacked.size()) / archiveBaseName(safe);
        LAMINA_CHECK(files().makeFolder(target.parent_path()));
        LAMINA_CHECK(archive.extract(target, job.cancel, most));
        unpacked.emplace(entry->name, target);
        if (job.progress) job.progress({"unpack", static_cast<std::int64_t>(unpacked.size()), static_cast<std::int64_t>(wanted.size()), "files"});
    }
    return unpacked;
}

/// People know the archive and its member, not where it was unpacked.
void nameMember(Error& error, const Path& unpacked, const std::string& archive) {
    const std::string prefix = unpacked.string();
    for (auto& [name, value] : error.arguments) {
        const auto at = value.find(prefix);
        if (at == std::string::npos) continue;
        auto rest = value.substr(at + prefix.size());
        while (!rest.empty() && rest[0] == '/') rest.erase(0, 1);
        value = value.substr(0, at) + archive + (rest.empty() ? "" : " → " + rest);
    }
}
template <class T> Result<T> namingMembers(Result<T> result, const Path& unpacked, const Path& archive) {
    if (!result) {
        Error error = result.takeError();
        nameMember(error, unpacked, archive.string());
        return error;
    }
    for (auto& issue : result->issues) nameMember(issue.what, unpacked, archive.string());
    return result;
}

Result<const ImporterType*> importerOfMember(const Path& member, const std::string& name) {
    LAMINA_TRY(const auto* importer, importerFor(member));
    if (importer->id == "archive") return fail("archive.nested", {{"name", name}});
    return importer;
}

/// The settings for what is inside, as its importer knows them.
Result<nlohmann::json> innerSettings(const ImporterType& importer, const std::vector<std::string>& words) {
    auto settings = nlohmann::json::object();
    std::any values = importer.defaults;
    for (const std::string& word : words) {
        const auto equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto property = std::find_if(importer.properties.begin(), importer.properties.end(), [&](const Property& p) { return p.id == name; });
        if (equals == std::string::npos || property == importer.properties.end()) {
            std::string known;
            for (const Property& p : importer.properties) known += (known.empty() ? "" : ", ") + p.id;
            return fail("archive.inner_setting", {{"setting", word}, {"importer", importer.id}, {"known", known}});
        }
        LAMINA_TRY(const auto value, propertyFromText(*property, property->get(values), std::string_view(word).substr(equals + 1)));
        property->set(values, value);
        settings[name] = propertiesToJson(importer.properties, values).at(name);
    }
    return settings;
}

/// A text that was cut may end within a line.
Result<void> cutAtLine(const Path& file) {
    std::error_code error;
    if (std::filesystem::file_size(file, error) < archivePreviewBytes) return {};
    LAMINA_TRY(const auto text, readTextFile(file));
    const auto end = text.rfind('\n');
    if (end == std::string::npos) return {};
    std::filesystem::resize_file(file, end + 1, error);
    return {};
}

bool readsLines(const std::string& name) {
    const std::string base = archiveLower(name);
    for (const char* end : {".csv", ".tsv", ".txt", ".tab", ".data", ".jsonl", ".ndjson", ".arff"})
        if (base.ends_with(end)) return true;
    return false;
}

Result<ImportPreview> previewMember(const Path& path, const ArchiveSettings& settings, const ArchiveContents& contents, const ArchiveChoice& choice, const Path& folder, std::int64_t rows, const CancelToken& cancel) {
    ImportJob job;
    job.cancel = cancel;
    const bool lines = !choice.folder && readsLines(choice.members[0]);
    ArchiveChoice first = choice;
    if (!choice.folder) first.members.resize(1);
    const std::size_t mostFiles = choice.folder && !fitsPatterns(choice.members[0], videoPatterns()) ? archivePreviewPictures : 1;
    LAMINA_TRY(const auto unpacked, unpack(path, first, folder, lines ? archivePreviewBytes : archiveWholeBytes, mostFiles, job));
    if (unpacked.empty()) return fail("archive.nothing", {{"known", ""}});
    const Path member = choice.folder ? folder : unpacked.begin()->second;
    if (lines) LAMINA_CHECK(cutAtLine(member));
    LAMINA_TRY(const auto* importer, importerOfMember(member, choice.members[0]));
    LAMINA_TRY(const auto inner, innerSettings(*importer, settings.inner));
    LAMINA_TRY(auto preview, previewWith(*importer, member, inner, rows, cancel));
    preview.summary = choice.folder ? nlohmann::json() : nlohmann::json{{"files", choice.members.size()}, {"importer", importer->id}};
    preview.detected = nullptr;
    if (!choice.folder && choice.members.size() > 1) {
        ColumnInfo info;
        info.name = "file";
        info.kind = ColumnKind::Category;
        info.elementType = DType::Int32;
        info.dictionary = choice.members;
        preview.columns.push_back(std::move(info));
        for (auto& row : preview.rows) row.push_back(choice.members[0]);
    }
    preview.issues.insert(preview.issues.end(), contents.issues.begin(), contents.issues.end());
    return preview;
}

Result<ImportPreview> previewArchive(const Path& path, const ArchiveSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    const UnpackedFolder folder(std::filesystem::temp_directory_path());
    const auto run = [&]() -> Result<ImportPreview> {
        LAMINA_TRY(const auto contents, lookInto(path, settings, cancel));
        LAMINA_TRY(const auto choice, chooseMembers(contents));
        return previewMember(path, settings, contents, choice, folder.path(), rows, cancel);
    };
    auto preview = namingMembers(run(), folder.path(), path);
    if (!preview) return preview.takeError().with("file", path.string());
    return preview;
}

/// Pictures, or the files of IDX. They do not stay where they were unpacked, so their columns may not refer to them.
Result<ImportedTable> importUnpackedFolder(const Path& unpackedFolder, const std::vector<std::string>& inner, const std::map<std::string, Path>& unpacked, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto* importer, importerOfMember(unpackedFolder, ""));
    std::uint64_t bytes = 0;
    for (const auto& [name, file] : unpacked) {
        std::error_code ignored;
        bytes += std::filesystem::file_size(file, ignored);
    }
    LAMINA_TRY(auto settings, innerSettings(*importer, inner));
    // Pictures cannot stay where they were unpacked.
    if (settings.value("keep", "") == "in_place") settings["keep"] = "copied";
    if (!settings.contains("keep") && importer->id == "image_folder" && bytes >= archiveCopied) settings["keep"] = "copied";
    return importWith(*importer, unpackedFolder, settings, folder, job);
}

Result<ImportedTable> importMembers(const Path& path, const std::vector<std::string>& inner, const ArchiveChoice& choice, const Path& scratch, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto unpacked, unpack(path, choice, scratch, UINT64_MAX, SIZE_MAX, job));
    if (unpacked.empty()) return fail("archive.nothing", {{"known", ""}});
    if (choice.folder) return importUnpackedFolder(scratch, inner, unpacked, folder, job);
    if (choice.members.size() == 1) {
        const auto& [name, file] = *unpacked.begin();
        LAMINA_TRY(const auto* importer, importerOfMember(file, name));
        LAMINA_TRY(const auto settings, innerSettings(*importer, inner));
        return importWith(*importer, file, settings, folder, job);
    }
    std::vector<NamedTable> tables;
    std::vector<Issue> issues;
    for (const auto& name : choice.members) {
        const auto file = unpacked.find(name);
        if (file == unpacked.end()) continue;
        LAMINA_TRY(const auto* importer, importerOfMember(file->second, name));
        LAMINA_TRY(const auto settings, innerSettings(*importer, inner));
        LAMINA_TRY(auto imported, importWith(*importer, file->second, settings, scratch / "columns", job));
        LAMINA_TRY(auto table, Table::open(imported.columns));
        tables.push_back({name, std::move(table)});
        issues.insert(issues.end(), imported.issues.begin(), imported.issues.end());
    }
    LAMINA_TRY(auto table, concatenateTables(tables, "file", folder, job));
    table.issues = std::move(issues);
    return table;
}

Result<ImportedTable> importArchive(const Path& path, const ArchiveSettings& settings, const Path& folder, const ImportJob& job) {
    const UnpackedFolder scratch(folder);
    const auto run = [&]() -> Result<ImportedTable> {
        LAMINA_TRY(const auto source, SourceFile::open(path));
        LAMINA_TRY(const auto contents, lookInto(path, settings, job.cancel));
        LAMINA_TRY(const auto choice, chooseMembers(contents));
        LAMINA_TRY(auto table, importMembers(path, settings.inner, choice, scratch.path(), folder, job));
        LAMINA_CHECK(source.checkUnchanged());
        table.issues.insert(table.issues.end(), contents.issues.begin(), contents.issues.end());
        return table;
    };
    auto table = namingMembers(run(), scratch.path(), path);
    if (!table) return table.takeError().with("file", path.string());
    return table;
}

double probeArchive(const Path& path) {
    const auto file = SourceFile::open(path);
    char start[6] = {};
    if (!file || file->size() < 6 || !file->read(0, std::as_writable_bytes(std::span(start)))) return 0;
    const std::string_view begin(start, sizeof start);
    const bool known = begin.starts_with("PK\x03\x04") || begin.starts_with("PK\x05\x06") || begin.starts_with("\x1f\x8b") || begin.starts_with("BZh") ||
                       begin.starts_with(std::string_view("\xFD" "7zXZ\0", 6)) || begin.starts_with("\x28\xB5\x2F\xFD");
    char tar[5] = {};
    const bool isTar = file->size() >= 512 && file->read(257, std::as_writable_bytes(std::span(tar))) && std::string_view(tar, 5) == "ustar";
    return known || isTar ? 0.8 : 0;
}

}  // namespace

const ImporterType& archive_importer() {
    static const ImporterType type = ImporterDescriptor<ArchiveSettings, probeArchive, previewArchive, importArchive>{
        .id = "archive",
        .title = "Archive (zip, tar, gz)",
        .summary = "A table, pictures or texts in a zip or tar archive, or one compressed file; several tables with the same columns become one.",
        .patterns = {"*.zip", "*.tar", "*.tar.gz", "*.tgz", "*.tar.xz", "*.tar.zst", "*.tar.bz2", "*.gz", "*.xz", "*.zst", "*.bz2"},
        .properties = {property("files", &ArchiveSettings::files, "Files", "Which files of the archive to take, with * and ? (data/*.csv). Empty: all that hold data."),
                       property("inner", &ArchiveSettings::inner, "Settings of what is inside",
                                "Of the importer that reads the files inside, as name=value: delimiter=;, header=no, keep=copied.")}};
    return type;
}

}  // namespace lamina
