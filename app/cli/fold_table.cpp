#include "app/cli/fold_table.h"

#include "app/cli/report.h"
#include "app/cli/shared.h"

namespace lamina {

nlohmann::json showFoldSeries(Console& console, const std::vector<FoldSeries>& all) {
    using Align = TerminalTable::Align;
    auto json = nlohmann::json::array();
    TerminalTable table({{console.text("cli.head.folds_of")}, {console.text("cli.head.folds"), Align::Right}, {console.text("cli.head.metric")},
                         {console.text("cli.head.mean_deviation"), Align::Right}});
    for (const FoldSeries& series : all) {
        json.push_back(toJson(series));
        for (const FoldMetric& metric : series.metrics)
            table.add({series.name, std::to_string(series.runs.size()) + "/" + std::to_string(series.folds), metricTitle(metric.name, console.language()),
                       decimal(metric.mean) + " ± " + decimal(metric.deviation)});
    }
    if (!table.empty()) console.table(table);
    return json;
}

}  // namespace lamina
