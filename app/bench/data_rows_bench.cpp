// Sorting and filtering a million rows as the window's tables do, in a thread of their own.
#include "app/bench/data_bench.h"

#ifdef LAMINA_WINDOW
#include "app/bench/turns.h"
#include "app/sources/table_source.h"
#include "core/base/clock.h"
#include "widgets/tables/row_query.h"
#endif

namespace lamina::bench {

#ifdef LAMINA_WINDOW

namespace {

Figure queryFigure(const char* name, const RowSource& source, const std::vector<RowQuery>& queries) {
    Figure figure{name, {}, {}};
    double worst = 0;
    for (const RowQuery& query : queries) {
        std::vector<double> seconds;
        for (int round = 0; round < 3; ++round) {
            const Stopwatch watch;
            const auto order = arrangeRows(source, query, {});
            if (order) seconds.push_back(watch.seconds());
        }
        const int column = query.sortColumn >= 0 ? query.sortColumn : query.filters.empty() ? -1 : query.filters.begin()->first;
        figure.lines.push_back(line("%s: %.3f s", column < 0 ? "search in all columns" : source.heading(column).name.toUtf8().constData(), median(seconds)));
        // Searching the text of every cell is told, but is no filter of a column.
        if (column >= 0) worst = std::max(worst, median(seconds));
    }
    figure.value = worst;
    return figure;
}

RowQuery sortedBy(int column) {
    RowQuery query;
    query.sortColumn = column;
    return query;
}

}  // namespace

std::vector<Figure> measureRowQueries() {
    const TableSource source(makeMixedTable(1'000'000));
    RowQuery range, words, everywhere;
    range.filters[0].from = 100;
    range.filters[0].to = 500;
    words.filters[14].contains = QStringLiteral("words 77");
    everywhere.search = QStringLiteral("words 777");
    return {queryFigure("sort_1m_s", source, {sortedBy(0), sortedBy(7), sortedBy(11), sortedBy(14), sortedBy(19)}),
            queryFigure("filter_1m_s", source, {range, words, everywhere})};
}

#else

std::vector<Figure> measureRowQueries() {
    return {{"sort_1m_s", {}, {}, "built without the window"}, {"filter_1m_s", {}, {}, "built without the window"}};
}

#endif

}  // namespace lamina::bench
