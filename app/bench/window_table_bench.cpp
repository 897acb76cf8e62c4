#include "app/bench/window_table_bench.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QScrollBar>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "app/sources/column_pictures.h"
#include "app/sources/table_source.h"
#include "core/base/uuid.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina::bench {
namespace {

constexpr std::int64_t tableRows = 1'000'000, pictures = 100'000;
constexpr int tableColumns = 20;

class Folder {
public:
    Folder() : m_path(std::filesystem::temp_directory_path() / ("lamina-bench-" + newUuid())) {}
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    const Path& path() const { return m_path; }

private:
    Path m_path;
};

std::uint64_t scrambled(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    return (x ^ (x >> 27)) * 0x94d049bb133111ebull;
}

/// Every fifth column a text, the others numbers, whole numbers and categories in turn; one value in twenty is missing.
ColumnData makeColumn(int column) {
    static const ColumnKind kinds[] = {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Category, ColumnKind::Number, ColumnKind::Text};
    ColumnData data(kinds[column % 5]);
    data.reserve(tableRows);
    for (std::int64_t row = 0; row < tableRows; ++row) {
        const std::uint64_t bits = scrambled(static_cast<std::uint64_t>(row * tableColumns + column));
        if (bits % 20 == 0) data.addMissing();
        else if (data.kind() == ColumnKind::Number) data.addNumber(static_cast<double>(bits % 1'000'000) / 997.0);
        else if (data.kind() == ColumnKind::Integer) data.addInteger(static_cast<std::int64_t>(bits % 100'000));
        else if (data.kind() == ColumnKind::Category) data.addCode(static_cast<std::int32_t>(bits % 4));
        else data.addText("text " + std::to_string(bits % 100'000));
    }
    if (data.kind() == ColumnKind::Category) data.setDictionary({"red", "green", "blue", "none of these"});
    return data;
}

Result<std::vector<StoredColumn>> writeTable(const Path& folder) {
    std::vector<StoredColumn> columns;
    for (int column = 0; column < tableColumns; ++column) {
        const ColumnData data = makeColumn(column);
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, data.info(newUuid(), "column " + std::to_string(column))));
        LAMINA_CHECK(writer->append(data.view()));
        writer->setDictionary(data.dictionary());
        LAMINA_TRY(auto stored, writer->finish());
        columns.push_back(std::move(stored));
    }
    return columns;
}

Result<std::vector<StoredColumn>> writePictures(const Path& folder) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = "image";
    info.kind = ColumnKind::Tensor;
    info.elementType = DType::UInt8;
    info.elementShape = {1, 28, 28};
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info));
    std::vector<std::byte> one(28 * 28);
    for (std::int64_t item = 0; item < pictures; ++item) {
        for (std::size_t i = 0; i < one.size(); ++i) one[i] = static_cast<std::byte>(scrambled(static_cast<std::uint64_t>(item) * 16 + i / 49) & 255);
        LAMINA_CHECK(writer->appendElements(one));
    }
    LAMINA_TRY(auto stored, writer->finish());
    return std::vector<StoredColumn>{std::move(stored)};
}

double milliseconds(const QElapsedTimer& clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e6; }

bool cellsAreThere(DataTable& table) {
    const QRect area = table.view().viewport()->rect();
    for (const QPoint& corner :
         {area.topLeft() + QPoint(5, 5), area.bottomLeft() + QPoint(5, -5), area.topRight() + QPoint(-5, 5), area.bottomRight() - QPoint(5, 5)})
        if (const QModelIndex cell = table.view().indexAt(corner); cell.isValid() && cell.data().toString() == QStringLiteral("…")) return false;
    return true;
}

void paintUntil(QWidget& widget, const std::function<bool()>& done) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 20'000) {
        widget.repaint();
        if (done()) break;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    widget.repaint();
}

double scrollFrame(DataTable& table) {
    std::vector<double> frames;
    QScrollBar* bar = table.view().verticalScrollBar();
    for (int frame = 0; frame < 400; ++frame) {
        QElapsedTimer clock;
        clock.start();
        // Steps of a wheel, and now and then a jump.
        bar->setValue(frame % 40 == 39 ? bar->maximum() / 400 * frame : bar->value() + 3);
        table.view().viewport()->repaint();
        QCoreApplication::processEvents();
        frames.push_back(milliseconds(clock));
    }
    std::sort(frames.begin(), frames.end());
    return frames[frames.size() * 95 / 100];
}

}  // namespace

std::optional<TableFigures> measureTable() {
    const Folder folder;
    const auto columns = writeTable(folder.path());
    if (!columns) return {};
    TableFigures figures;
    DataTable table;
    table.resize(1280, 720);
    QElapsedTimer clock;
    clock.start();
    auto opened = Table::open(*columns);
    if (!opened) return {};
    table.setSource(std::make_shared<TableSource>(std::move(*opened)));
    table.show();
    paintUntil(table, [&] { return cellsAreThere(table); });
    figures.openSeconds = milliseconds(clock) / 1000.0;
    figures.scrollFrameMilliseconds = scrollFrame(table);
    return figures;
}

std::optional<double> measureGalleryFirstScreen() {
    const Folder folder;
    const auto columns = writePictures(folder.path());
    if (!columns) return {};
    ThumbnailGallery gallery;
    gallery.resize(1280, 720);
    QElapsedTimer clock;
    clock.start();
    auto opened = Table::open(*columns);
    if (!opened) return {};
    gallery.setSource(std::make_shared<ColumnPictures>(std::move(*opened), 0, std::string()));
    gallery.show();
    paintUntil(gallery, [&] { return gallery.complete(); });
    return milliseconds(clock);
}

}  // namespace lamina::bench
