#include "app/jobs/row_reader.h"

#include <algorithm>

namespace lamina {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

RowReader::RowReader(const Preparation& preparation, const std::string& missing, char decimal)
    : m_preparation(preparation), m_missing(missing), m_decimalComma(decimal == ',') {}

std::vector<ValueRemark> RowReader::read(std::span<const std::string_view> texts, std::span<float> out) {
    std::vector<ValueRemark> remarks;
    m_values.assign(m_preparation.features.size(), {});
    for (std::size_t f = 0; f < m_values.size(); ++f) {
        const std::string_view text = trimmed(texts[f]);
        if (m_preparation.features[f].kind == FeatureKind::Number) readNumber(f, text, remarks);
        else readCategory(f, text, remarks);
    }
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

}  // namespace lamina
