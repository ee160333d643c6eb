/** The ids that other programs give to what stands above the first message: nothing but zeros, or a version and zeros. */
export const NO_PARENT = /^0{8}-0{4}-[0-8]0{3}-[08]0{3}-0{12}$/;
