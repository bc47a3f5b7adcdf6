// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/SourcePosition.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

std::string invhlo::getPosition(Location loc) {
  SmallVector<LocationAttr> pending = {loc};
  while (!pending.empty()) {
    LocationAttr next = pending.pop_back_val();
    if (auto file = dyn_cast<FileLineColRange>(next))
      return llvm::formatv("{0}:{1}:{2}", file.getFilename().getValue(),
                           file.getStartLine(), file.getStartColumn());
    if (auto name = dyn_cast<NameLoc>(next))
      pending.push_back(name.getChildLoc());
    else if (auto call = dyn_cast<CallSiteLoc>(next))
      pending.append({call.getCaller(), call.getCallee()});
    else if (auto fused = dyn_cast<FusedLoc>(next))
      llvm::append_range(pending, llvm::reverse(fused.getLocations()));
  }
  return "";
}

std::string invhlo::getNames(Location loc) {
  SmallVector<std::string> names;
  SmallVector<Location> pending = {loc};
  while (!pending.empty()) {
    Location next = pending.pop_back_val();
    if (auto call = dyn_cast<CallSiteLoc>(next)) {
      pending.append({call.getCallee(), call.getCaller()});
      continue;
    }
    auto name = dyn_cast<NameLoc>(next);
    if (name && !isa<FileLineColRange>(name.getChildLoc())) // a Python function
      names.push_back(name.getName().str());
  }
  return llvm::join(names, "/");
}
