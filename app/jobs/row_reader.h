// One row as texts, from a file or typed by hand, as the numbers a model reads; and what of it was not understood.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/importers/csv_settings.h"
#include "core/data/preparation.h"
#include "core/data/type_detection.h"

namespace lamina {

/// What there is to say about one value of a row.
struct ValueRemark {
    std::size_t feature = 0;  ///< index in Preparation::features
    Error what;               ///< "predict.not_a_number", "predict.unknown_category", "predict.filled", each {column, value}
    bool refused = false;     ///< the row cannot be answered with it
};

/// The preparation must outlive the reader. One thread at a time.
class RowReader {
public:
    /// `missing`: the words that mean "no value", as the CSV importer takes them. `decimal`: '.' or ','.
    /// `pictureFolders`: that pictures' names may be relative to.
    explicit RowReader(const Preparation& preparation, const std::string& missing = CsvSettings{}.missing, char decimal = '.',
                       std::vector<Path> pictureFolders = {});

    /// One text for each feature, blanks around it do not count: of a picture its file, of an array its numbers with blanks, commas or brackets between.
    /// `out`: preparation.inputCount() numbers. A missing number counts as in training (its average), a missing category as none.
    std::vector<ValueRemark> read(std::span<const std::string_view> texts, std::span<float> out);

    /// The elements of a picture or an array in the row read last; empty where it was refused.
    std::span<const std::byte> elements(std::size_t feature) const { return m_tensors[feature]; }

private:
    void readNumber(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks);
    void readCategory(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks);
    void readPicture(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks);
    void readArray(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks);

    const Preparation& m_preparation;
    MissingWords m_missing;
    bool m_decimalComma;
    std::string m_pointed;
    std::vector<RawValue> m_values;
    const std::vector<Path> m_folders;
    std::vector<std::vector<std::byte>> m_tensors;  ///< of each feature: what its value shows
};

}  // namespace lamina
