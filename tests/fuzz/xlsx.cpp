// Any bytes as a workbook: the rows of its sheets or an error, never a crash. What is no zip is taken as the XML of a sheet in one.
#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/importers/xlsx_reader.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

namespace {

void add(archive* out, const char* name, std::string_view bytes) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_write_header(out, entry);
    archive_write_data(out, bytes.data(), bytes.size());
    archive_entry_free(entry);
}

/// A workbook with the bytes as its sheet, its texts and its styles.
std::vector<std::uint8_t> workbookAround(std::string_view sheet) {
    std::vector<std::uint8_t> bytes(sheet.size() * 3 + 8192);
    std::size_t used = 0;
    archive* out = archive_write_new();
    archive_write_set_format_zip(out);
    archive_write_set_options(out, "zip:compression=store");
    archive_write_open_memory(out, bytes.data(), bytes.size(), &used);
    add(out, "xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>");
    add(out, "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"t.xml\"/></Relationships>");
    add(out, "xl/t.xml", "<sst><si><t>name</t></si><si><t>b</t></si></sst>");
    add(out, "xl/s.xml", sheet);
    archive_write_close(out);
    archive_write_free(out);
    bytes.resize(used);
    return bytes;
}

}  // namespace

LAMINA_FUZZ_TARGET(xlsx)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const bool isZip = size > 1 && data[0] == 'P' && data[1] == 'K';
    const auto made = isZip ? std::vector<std::uint8_t>(data, data + size) : workbookAround({reinterpret_cast<const char*>(data), size});
    const auto workbook = XlsxWorkbook::open(memoryFile(made.data(), made.size()), {});
    if (!workbook) return 0;
    for (std::size_t i = 0; i < workbook->sheets().size() && i < 3; ++i) {
        const XlsxSettings settings;
        CellTable cells(settings, 1000, {});
        if (!workbook->read(workbook->sheets()[i], settings, cells)) continue;
        const auto preview = cells.preview();
        if (preview && static_cast<std::int64_t>(preview->rows.size()) != cells.rows()) std::abort();
    }
    return 0;
}
