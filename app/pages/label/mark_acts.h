// What keys do in every view that marks parts of an item: spans of a text, stretches of a series.
#pragma once

#include <QString>

#include <functional>
#include <map>

namespace lamina {

/// By the ids of LabelKeys. `View`: SpanView, RangeView; it has to outlive them.
template <class View>
std::map<QString, std::function<void()>> markActs(View* view) {
    return {{"mark", [view] { view->markSelection(); }},
            {"remove", [view] { view->removeSelected(); }},
            {"select_next", [view] { view->selectNext(1); }},
            {"select_previous", [view] { view->selectNext(-1); }},
            {"end_back", [view] { view->moveEdge(-1, false); }},
            {"end_on", [view] { view->moveEdge(1, false); }},
            {"begin_back", [view] { view->moveEdge(-1, true); }},
            {"begin_on", [view] { view->moveEdge(1, true); }}};
}

}  // namespace lamina
