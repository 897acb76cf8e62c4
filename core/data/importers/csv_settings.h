// What can be set on the CSV importer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/property.h"

namespace lamina {

struct CsvSettings {
    std::string delimiter = "auto";  ///< auto , ; | tab
    std::string header = "auto";     ///< auto yes no
    std::string decimal = "auto";    ///< auto . ,
    std::string quote = "auto";      ///< auto " ' none
    std::string comment = "auto";    ///< auto none #
    std::string encoding = "utf8";   ///< utf8 latin1
    std::string ragged = "error";    ///< error pad skip
    std::string missing = "NA,N/A,n/a,#N/A,<NA>,nan,NaN,NAN,null,NULL,Null,None,?";
    std::string types;               ///< "name=kind,name=kind"
    bool trim = true;
    std::int64_t skipRows = 0;
    std::int64_t maximumCategories = 1000;
};

std::vector<Property> csvProperties();

}  // namespace lamina
