#include "core/data/importers/unsupported_formats.h"

#include <algorithm>

#include "core/data/source_file.h"

namespace lamina {
namespace {

std::string unsupportedBeginning(const Path& path) {
    const auto file = SourceFile::open(path);
    if (!file) return {};
    std::string beginning(static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), 256)), '\0');
    if (!file->read(0, std::as_writable_bytes(std::span(beginning)))) return {};
    return beginning;
}

std::string unsupportedEnding(const Path& path) {
    std::string ending = path.extension().string();
    for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return ending;
}

/// Films of kinds that the importer of films leaves alone.
bool isForeignVideo(std::string_view begin, const std::string& end) {
    if (begin.starts_with("\x30\x26\xB2\x75\x8E\x66\xCF\x11") || begin.starts_with("FLV\x01") || begin.starts_with(".RMF") || begin.starts_with("#EXTM3U")) return true;
    return end == ".wmv" || end == ".asf" || end == ".flv" || end == ".rm" || end == ".rmvb" || end == ".m3u8";
}

}  // namespace

std::optional<Error> unsupportedFormat(const Path& path) {
    const std::string begin = unsupportedBeginning(path), end = unsupportedEnding(path), file = path.string();
    const auto starts = [&](std::string_view magic) { return begin.starts_with(magic); };
    if (starts("PAR1") || end == ".parquet") return fail("import.format_parquet", {{"file", file}});
    if (starts("ARROW1") || starts("FEA1") || end == ".feather" || end == ".arrow") return fail("import.format_arrow", {{"file", file}});
    const bool compoundFile = starts("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    if (compoundFile) return fail("import.format_xls", {{"file", file}});
    const bool openDocument = starts("PK") && begin.find("mimetypeapplication/vnd.oasis.opendocument") != std::string::npos;
    if (openDocument || end == ".ods") return fail("import.format_ods", {{"file", file}});
    if (end == ".xlsb") return fail("import.format_xlsb", {{"file", file}});
    const bool hdf5 = starts("\x89HDF\r\n\x1a\n");
    if (hdf5 && end != ".mat") return fail("import.format_hdf5", {{"file", file}});
    if (hdf5 || starts("MATLAB ")) return fail("import.format_mat", {{"file", file}});
    if (starts("$FL2") || starts("$FL3") || end == ".zsav") return fail("import.format_spss", {{"file", file}});
    if (starts("<stata_dta>") || end == ".dta") return fail("import.format_stata", {{"file", file}});
    if (end == ".sas7bdat" || end == ".xpt") return fail("import.format_sas", {{"file", file}});
    if (end == ".rds" || end == ".rdata" || end == ".rda") return fail("import.format_r", {{"file", file}});
    const bool pickled = begin.size() > 2 && begin[0] == '\x80' && begin[1] >= 2 && begin[1] <= 5;
    if (pickled || end == ".pkl" || end == ".pickle" || end == ".pt" || end == ".pth" || end == ".joblib") return fail("import.format_pickle", {{"file", file}});
    if (starts("%PDF")) return fail("import.format_pdf", {{"file", file}});
    const bool sevenZip = starts("7z\xBC\xAF\x27\x1C");
    if (sevenZip || starts("Rar!")) return fail("import.format_7z", {{"file", file}});
    if (isForeignVideo(begin, end)) return fail("import.format_video", {{"file", file}});
    return std::nullopt;
}

}  // namespace lamina
