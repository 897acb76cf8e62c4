#include "widgets/tables/frozen_columns.h"

#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>

#include "widgets/tables/column_header.h"
#include "widgets/tables/data_table_model.h"

namespace lamina {

FrozenColumns::FrozenColumns(QTableView& main, DataTableModel& model) : QTableView(&main), m_main(main), m_header(new ColumnHeader(model, this)) {
    setObjectName("frozen_columns");
    setFrameShape(NoFrame);
    setHorizontalHeader(m_header);
    m_header->setStretchLastSection(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(main.verticalScrollMode());
    setSelectionMode(main.selectionMode());
    setFocusPolicy(Qt::NoFocus);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setModel(&model);
    setSelectionModel(main.selectionModel());
    hide();
    main.installEventFilter(this);
    connect(main.verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(), &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, main.verticalScrollBar(), &QScrollBar::setValue);
    connect(main.horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (column < m_count) {
            setColumnWidth(column, width);
            updatePlace();
        }
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (column < m_count && m_main.columnWidth(column) != width) m_main.setColumnWidth(column, width);
    });
    connect(main.horizontalHeader(), &QHeaderView::geometriesChanged, this, &FrozenColumns::updatePlace);
    connect(main.verticalHeader(), &QHeaderView::geometriesChanged, this, &FrozenColumns::updatePlace);
    connect(&model, &QAbstractItemModel::modelReset, this, &FrozenColumns::updateColumns);
}

void FrozenColumns::setCount(int columns) {
    m_count = std::max(0, columns);
    updateColumns();
}

void FrozenColumns::updateColumns() {
    const int shown = std::min(m_count, model()->columnCount());
    setVisible(shown > 0);
    if (shown == 0) return;
    verticalHeader()->setDefaultSectionSize(m_main.verticalHeader()->defaultSectionSize());
    for (int column = 0; column < model()->columnCount(); ++column) {
        setColumnHidden(column, column >= shown);
        if (column < shown) setColumnWidth(column, m_main.columnWidth(column));
    }
    updatePlace();
}

void FrozenColumns::updatePlace() {
    if (m_count == 0) return;
    int width = 0;
    for (int column = 0; column < std::min(m_count, model()->columnCount()); ++column) width += m_main.columnWidth(column);
    m_header->setFixedHeight(m_main.horizontalHeader()->height());
    const int left = m_main.frameWidth() + m_main.verticalHeader()->width();
    const int height = m_main.viewport()->height() + m_main.horizontalHeader()->height();
    setGeometry(left, m_main.frameWidth(), std::min(width, m_main.viewport()->width() * 2 / 3), height);
    verticalScrollBar()->setValue(m_main.verticalScrollBar()->value());
    raise();
}

bool FrozenColumns::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest) updatePlace();
    return QTableView::eventFilter(watched, event);
}

}  // namespace lamina
