// The classes people label with: which one new shapes get, its key, how often it is there; new ones are typed in below.
#pragma once

#include <QWidget>

#include <cstdint>
#include <map>
#include <vector>

#include "core/project/label_class_record.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace lamina {

class ClassList : public QWidget {
    Q_OBJECT
public:
    explicit ClassList(QWidget* parent = nullptr);

    /// `counts`: labels by class number.
    void setClasses(const std::vector<LabelClassRecord>& classes, const std::map<std::int64_t, std::int64_t>& counts);
    const std::vector<LabelClassRecord>& classes() const { return m_classes; }
    /// 0: none is chosen.
    std::int64_t chosen() const;
    void choose(std::int64_t number);
    /// By its place, from 0: digit keys.
    void chooseAt(std::size_t place);
    /// Classes of the picture on the screen are ticked.
    void setTicked(const std::vector<std::int64_t>& numbers);
    void setReadOnly(bool readOnly);
    void focusSearch();

signals:
    void chosenChanged(qint64 number);
    /// A click, or Enter in the search box: meant as a digit key is.
    void picked(qint64 number);
    void added(const QString& name);
    void renameWanted(qint64 number, const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void entered();
    void retranslate();

    std::vector<LabelClassRecord> m_classes;
    std::map<std::int64_t, std::int64_t> m_counts;
    std::vector<std::int64_t> m_ticked;
    QLabel* m_title;
    QListWidget* m_list;
    QLineEdit* m_search;
};

}  // namespace lamina
