// Any bytes as a CSV file, under every encoding and policy: a table or an error, never a crash; and one thread reads what two read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/data/importers/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const char* ragged : {"error", "pad", "skip"}) {
        CsvSettings settings;
        settings.ragged = ragged;
        settings.encoding = size % 2 ? "latin1" : "utf8";
        const auto one = parseCsvText(text, settings, 1), two = parseCsvText(text, settings, 2);
        if (one.ok() != two.ok()) std::abort();
        if (!one) continue;
        if (one->rows != two->rows || one->columns.size() != two->columns.size()) std::abort();
        for (std::size_t i = 0; i < one->columns.size(); ++i)
            if (one->columns[i].rows() != one->rows || one->columns[i].kind() != two->columns[i].kind()) std::abort();
    }
    return 0;
}
