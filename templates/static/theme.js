(r=>{r.classList.add("js");try{r.dataset.theme=localStorage.theme||"";r.dataset.theme||delete r.dataset.theme}catch{}})(document.documentElement)
