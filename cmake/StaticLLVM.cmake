# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

# Packaged MLIR libraries are static but ask for the shared libLLVM. What they use
# of it is taken from its static parts instead: the Python module then needs no LLVM
# on the user's machine and lives beside jaxlib, which has one of its own, and
# invhlo-opt starts in 2 ms instead of 40.
set(LLVM_LINK_LLVM_DYLIB OFF)
foreach(library IN LISTS MLIR_EXPORTED_TARGETS)
  get_target_property(needed ${library} INTERFACE_LINK_LIBRARIES)
  if(needed)
    list(TRANSFORM needed REPLACE "^LLVM$" "LLVMRemarks;LLVMSupport")
    set_target_properties(${library} PROPERTIES
      INTERFACE_LINK_LIBRARIES "${needed}")
  endif()
endforeach()
