// Small tables for tests: columns written as they would be by an importer, and opened again.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/data/table.h"
#include "tests/support/temporary_folder.h"

namespace lamina {

class MadeTable {
public:
    MadeTable& number(const std::string& name, const std::vector<double>& values) {
        ColumnData data(ColumnKind::Number);
        for (const double value : values) data.addNumber(value);
        return add(data, name);
    }
    MadeTable& integer(const std::string& name, const std::vector<std::optional<std::int64_t>>& values) {
        ColumnData data(ColumnKind::Integer);
        for (const auto& value : values) value ? data.addInteger(*value) : data.addMissing();
        return add(data, name);
    }
    MadeTable& boolean(const std::string& name, const std::vector<bool>& values) {
        ColumnData data(ColumnKind::Boolean);
        for (const bool value : values) data.addBoolean(value);
        return add(data, name);
    }
    MadeTable& text(const std::string& name, const std::vector<std::string>& values) {
        ColumnData data(ColumnKind::Text);
        for (const auto& value : values) value.empty() ? data.addMissing() : data.addText(value);
        return add(data, name);
    }
    MadeTable& category(const std::string& name, const std::vector<std::string>& dictionary, const std::vector<std::int32_t>& codes) {
        ColumnData data(ColumnKind::Category);
        data.setDictionary(dictionary);
        for (const std::int32_t code : codes) data.addCode(code);
        return add(data, name);
    }
    template <class Element>
    MadeTable& tensor(const std::string& name, const Shape& shape, const std::vector<Element>& elements) {
        ColumnInfo info;
        info.id = newUuid();
        info.name = name;
        info.kind = ColumnKind::Tensor;
        info.elementShape = shape;
        info.elementType = sizeof(Element) == 1 ? DType::UInt8 : DType::Float32;
        auto writer = ColumnFileWriter::create(m_folder.path(), info);
        EXPECT_TRUE(writer.ok());
        EXPECT_TRUE((*writer)->appendElements(std::as_bytes(std::span(elements))).ok());
        keep((*writer)->finish());
        return *this;
    }

    Table open() const {
        auto table = Table::open(m_columns);
        EXPECT_TRUE(table.ok()) << (table ? "" : table.error().debugText());
        return table ? *table : Table();
    }
    const TemporaryFolder& folder() const { return m_folder; }

private:
    MadeTable& add(const ColumnData& data, const std::string& name) {
        auto writer = ColumnFileWriter::create(m_folder.path(), data.info(newUuid(), name));
        EXPECT_TRUE(writer.ok());
        EXPECT_TRUE((*writer)->append(data.view()).ok());
        keep((*writer)->finish());
        return *this;
    }
    void keep(Result<StoredColumn> column) {
        ASSERT_TRUE(column.ok()) << column.error().debugText();
        m_columns.push_back(std::move(*column));
    }

    TemporaryFolder m_folder;
    std::vector<StoredColumn> m_columns;
};

/// The error code, or "" where it worked.
template <class T>
std::string codeOf(const Result<T>& result) {
    return result.ok() ? "" : result.error().code;
}

}  // namespace lamina
