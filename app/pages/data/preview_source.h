// The first rows of an import as rows to look at, and its pictures.
#pragma once

#include <cmath>

#include "app/pages/data/import_look.h"
#include "app/sources/table_source.h"
#include "widgets/gallery/image_source.h"

namespace lamina {

class PreviewSource : public RowSource {
public:
    explicit PreviewSource(std::shared_ptr<const ImportLook> look) : m_look(std::move(look)) {}

    std::int64_t rows() const override { return static_cast<std::int64_t>(m_look->preview.rows.size()); }
    int columns() const override { return static_cast<int>(m_look->preview.columns.size()); }
    ColumnHeading heading(int column) const override {
        const ColumnInfo& info = m_look->preview.columns[static_cast<std::size_t>(column)];
        ColumnHeading heading{QString::fromStdString(info.name), cellKind(info.kind), info.missing, {}, {}};
        for (const std::string& word : info.dictionary) heading.categories << QString::fromStdString(word);
        return heading;
    }
    bool missing(std::int64_t row, int column) const override { return cell(row, column).empty(); }
    double number(std::int64_t row, int column) const override {
        if (heading(column).kind == CellKind::Category) return static_cast<double>(heading(column).categories.indexOf(text(row, column)));
        bool ok = false;
        const double value = text(row, column).toDouble(&ok);
        return ok ? value : cell(row, column) == "true" ? 1.0 : cell(row, column) == "false" ? 0.0 : std::nan("");
    }
    std::string_view utf8(std::int64_t row, int column) const override { return cell(row, column); }
    QString text(std::int64_t row, int column) const override {
        const ColumnInfo& info = m_look->preview.columns[static_cast<std::size_t>(column)];
        if (info.kind == ColumnKind::Tensor && !cell(row, column).empty() && !info.elementShape.empty()) return tensorWords(info);
        return QString::fromStdString(cell(row, column));
    }

private:
    const std::string& cell(std::int64_t row, int column) const {
        static const std::string none;
        const auto& cells = m_look->preview.rows[static_cast<std::size_t>(row)];
        return static_cast<std::size_t>(column) < cells.size() ? cells[static_cast<std::size_t>(column)] : none;
    }

    std::shared_ptr<const ImportLook> m_look;
};

class PreviewPictures : public ImageSource {
public:
    explicit PreviewPictures(std::shared_ptr<const ImportLook> look) : m_look(std::move(look)) {}

    std::int64_t count() const override { return static_cast<std::int64_t>(m_look->pictures.size()); }
    QStringList classNames() const override { return {}; }
    int classOf(std::int64_t) const override { return -1; }
    QString caption(std::int64_t item) const override {
        const int of = m_look->pictureClasses[static_cast<std::size_t>(item)];
        const bool known = of >= 0 && static_cast<std::size_t>(of) < m_look->classes.size();
        return known ? QString::fromStdString(m_look->classes[static_cast<std::size_t>(of)].first) : QStringLiteral(" ");
    }
    QImage thumbnail(std::int64_t item, int) const override { return m_look->pictures[static_cast<std::size_t>(item)]; }

private:
    std::shared_ptr<const ImportLook> m_look;
};

}  // namespace lamina
