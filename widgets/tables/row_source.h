// Where a DataTable gets its rows from.
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <string_view>
#include <vector>

namespace lamina {

enum class CellKind { Number, Integer, Boolean, Category, Text, Picture, Time };

/// What stands at the top of a column.
struct ColumnHeading {
    QString name;
    CellKind kind = CellKind::Text;
    std::int64_t missing = 0;  ///< rows without a value
    QString mark;              ///< a word about the column ("target"); may be empty
    QStringList categories;    ///< Category: the texts of the codes 0, 1, …
};

/// What the head of a column shows of its values at a glance.
struct ColumnSketch {
    double valid = 1, empty = 0, wrong = 0;  ///< shares of the rows; together 1
    std::vector<double> bars;                ///< heights of a small histogram, any scale; may be empty
    std::int64_t distinct = -1;              ///< different values; -1: not known
    QString words;                           ///< the same for a tool tip; plain text, may have several lines
};

/// What a table shows of a cell or row besides its text.
enum class CellTint : std::uint8_t { None, Changed, Refused };
/// Struck: still shown, but no longer counted. Gone: shown only where gone rows are asked for.
enum class RowState : std::uint8_t { There, Struck, Gone };

/// Rows and columns that do not change. All functions are asked by several threads at a time; rows(), columns(), heading() and hasPictures() also by
/// the GUI thread, and answer at once.
class RowSource {
public:
    virtual ~RowSource() = default;

    virtual std::int64_t rows() const = 0;
    virtual int columns() const = 0;
    virtual ColumnHeading heading(int column) const = 0;

    virtual bool missing(std::int64_t row, int column) const = 0;
    /// Number, Integer and Boolean: the value; Category: its code; Time: milliseconds since 1970 UTC; NaN where missing. Other kinds: not asked.
    virtual double number(std::int64_t row, int column) const = 0;
    /// Text: the value as UTF-8, empty where missing; valid as long as the source. Other kinds: not asked.
    virtual std::string_view utf8(std::int64_t row, int column) const = 0;
    /// What a person reads in the cell; empty where missing.
    virtual QString text(std::int64_t row, int column) const = 0;

    /// Are the cells of this column pictures that can be shown?
    virtual bool hasPictures(int) const { return false; }
    /// The picture of a cell of such a column, at least `edge` pixels on its longer side where it has so many, better not much larger; null: it cannot be
    /// shown. May take long; never asked by the GUI thread.
    virtual QImage picture(std::int64_t, int, int) const { return {}; }

    virtual CellTint tint(std::int64_t, int) const { return CellTint::None; }
    virtual RowState state(std::int64_t) const { return RowState::There; }
    /// Can state() be Gone?
    virtual bool anyGone() const { return false; }
};

}  // namespace lamina
