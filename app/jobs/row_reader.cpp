#include "app/jobs/row_reader.h"

#include <algorithm>
#include <charconv>

#include "core/data/image_feature.h"

namespace lamina {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

RowReader::RowReader(const Preparation& preparation, const std::string& missing, char decimal, std::vector<Path> pictureFolders)
    : m_preparation(preparation), m_missing(missing), m_decimalComma(decimal == ','), m_folders(std::move(pictureFolders)),
      m_tensors(preparation.features.size()) {}

std::vector<ValueRemark> RowReader::read(std::span<const std::string_view> texts, std::span<float> out) {
    std::vector<ValueRemark> remarks;
    m_values.assign(m_preparation.features.size(), {});
    for (std::size_t f = 0; f < m_values.size(); ++f) {
        const std::string_view text = trimmed(texts[f]);
        switch (m_preparation.features[f].kind) {
            case FeatureKind::Number: readNumber(f, text, remarks); break;
            case FeatureKind::Category: readCategory(f, text, remarks); break;
            case FeatureKind::Tensor: m_preparation.features[f].picture ? readPicture(f, text, remarks) : readArray(f, text, remarks); break;
        }
    }
    if (std::any_of(remarks.begin(), remarks.end(), [](const ValueRemark& remark) { return remark.refused; })) return remarks;
    if (auto applied = m_preparation.apply(m_values, out); !applied) remarks.push_back({0, applied.takeError(), true});
    return remarks;
}

void RowReader::readNumber(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks) {
    const FeatureColumn& column = m_preparation.features[feature];
    const auto remark = [&](Error what, bool refused) {
        remarks.push_back({feature, std::move(what).with("column", column.name).with("value", std::string(text)), refused});
    };
    double& value = m_values[feature].number;
    if (!m_missing.contains(text)) {
        const NumberText number = readLooseNumber(text, m_decimalComma, m_pointed);
        const int flag = readBoolean(text);
        if (number.is == TextValue && flag < 0) return remark(fail("predict.not_a_number"), true);
        value = number.is == TextValue ? flag : number.value;
    }
    if (numberIsMissing(column, value) && !column.hasMissingFlag) remark(fail("predict.filled"), false);
}

void RowReader::readCategory(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks) {
    if (m_missing.contains(text)) return;
    const FeatureColumn& column = m_preparation.features[feature];
    m_values[feature].text = text;
    if (std::find(column.categories.begin(), column.categories.end(), text) == column.categories.end())
        remarks.push_back({feature, fail("predict.unknown_category", {{"column", column.name}, {"value", std::string(text)}}), false});
}

void RowReader::readPicture(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks) {
    const auto there = [&](const Path& folder) {
        std::error_code ignored;
        return std::filesystem::is_regular_file(folder / Path(text), ignored);
    };
    const auto folder = std::find_if(m_folders.begin(), m_folders.end(), there);
    auto image = pictureElements(m_preparation.features[feature], folder == m_folders.end() ? Path(text) : *folder / Path(text));
    if (!image) {
        m_tensors[feature].clear();
        remarks.push_back({feature, image.takeError(), true});
        return;
    }
    const auto bytes = std::as_bytes(std::span(image->pixels));
    m_tensors[feature].assign(bytes.begin(), bytes.end());
    m_values[feature].tensor = m_tensors[feature];
}

void RowReader::readArray(std::size_t feature, std::string_view text, std::vector<ValueRemark>& remarks) {
    const FeatureColumn& column = m_preparation.features[feature];
    std::vector<std::byte>& bytes = m_tensors[feature];
    bytes.clear();
    const auto partsNumbers = [](char c) { return std::string_view(" \t,;[](){}").find(c) != std::string_view::npos; };
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        if (partsNumbers(*at)) {
            ++at;
            continue;
        }
        float number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc()) break;
        at = read.ptr;
        const auto one = std::as_bytes(std::span(&number, 1));
        if (column.elementType == DType::UInt8) bytes.push_back(static_cast<std::byte>(std::clamp(number, 0.0F, 255.0F)));
        else bytes.insert(bytes.end(), one.begin(), one.end());
    }
    m_values[feature].tensor = bytes;
    const std::size_t found = bytes.size() / dtypeSize(column.elementType);
    if (found != static_cast<std::size_t>(column.outputCount))
        remarks.push_back({feature, fail("predict.not_an_array", {{"column", column.name}, {"found", std::to_string(found)}, {"expected", std::to_string(column.outputCount)}}), true});
}

}  // namespace lamina
